namespace Shop.AppHost;

/// <summary>Keeps the servers' data in the folder that <c>Shop:Data</c> names; without it each run starts empty.</summary>
internal static class LastingData
{
    public static IResourceBuilder<PostgresServerResource> KeepDataIn(this IResourceBuilder<PostgresServerResource> server, string folder)
        => server.DataFolder(folder) is { } path ? server.WithDataBindMount(path) : server;

    public static IResourceBuilder<RedisResource> KeepDataIn(this IResourceBuilder<RedisResource> server, string folder)
        => server.DataFolder(folder) is { } path ? server.WithDataBindMount(path) : server;

    public static IResourceBuilder<RabbitMQServerResource> KeepDataIn(this IResourceBuilder<RabbitMQServerResource> server, string folder)
        => server.DataFolder(folder) is { } path ? server.WithDataBindMount(path) : server;

    private static string? DataFolder<T>(this IResourceBuilder<T> server, string folder) where T : IResource
        => server.ApplicationBuilder.Configuration["Shop:Data"] is { Length: > 0 } root ? Path.GetFullPath(Path.Combine(root, folder)) : null;
}
