using Shop.Lab.Page.Alerts;

namespace Shop.Lab.Page.Live;

/// <summary>The pages that show the services as they run.</summary>
internal static class LivePages
{
    /// <summary>Adds the feed that they show.</summary>
    public static void AddLivePages(this IServiceCollection services)
    {
        services.AddSingleton<LiveHistory>();
        services.AddSingleton<IWatchedServices>(provider => provider.GetRequiredService<LiveHistory>());
        services.AddHostedService<LiveFeed>();
    }
}
