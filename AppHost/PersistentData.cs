namespace Shop.AppHost;

/// <summary>
/// Stores the servers' data and the thumbnails in the folder configured as <c>Shop:Data</c>; without it, each run starts empty.
/// </summary>
internal static class PersistentData
{
    public static IResourceBuilder<PostgresServerResource> KeepDataIn(this IResourceBuilder<PostgresServerResource> server, string folder)
        => server.DataFolder(folder) is { } path ? server.WithDataBindMount(path) : server;

    public static IResourceBuilder<RedisResource> KeepDataIn(this IResourceBuilder<RedisResource> server, string folder)
        => server.DataFolder(folder) is { } path ? server.WithDataBindMount(path) : server;

    public static IResourceBuilder<RabbitMQServerResource> KeepDataIn(this IResourceBuilder<RabbitMQServerResource> server, string folder)
        => server.DataFolder(folder) is { } path ? server.WithDataBindMount(path) : server;

    public static IResourceBuilder<ProjectResource> KeepThumbnailsIn(this IResourceBuilder<ProjectResource> service, string folder)
        => service.DataFolder(folder) is { } path ? service.WithEnvironment("Thumbnails__Folder", path) : service;

    private static string? DataFolder<T>(this IResourceBuilder<T> server, string folder) where T : IResource
        => server.ApplicationBuilder.Configuration["Shop:Data"] is { Length: > 0 } root
            ? Path.GetFullPath(Path.Combine(root, folder))
            : null;
}
