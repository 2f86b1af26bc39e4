namespace Shop.Lab.Page.Live;

/// <summary>The pages that show the services as they run.</summary>
internal static class LivePages
{
    /// <summary>Adds the feed that they show.</summary>
    public static void AddLivePages(this IServiceCollection services)
    {
        services.AddSingleton<LiveHistory>();
        services.AddHostedService<LiveFeed>();
    }
}
