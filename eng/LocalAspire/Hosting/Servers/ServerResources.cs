using System.Data.Common;

namespace Aspire.Hosting.ApplicationModel;

public class PostgresServerResource(string name, ParameterResource? userName, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    public EndpointReference PrimaryEndpoint => field ??= new(this, "tcp");

    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
        => $"Host={PrimaryEndpoint.Host};Port={PrimaryEndpoint.Port};Username={await userName.TextAsync("postgres", cancellationToken)};"
            + $"Password={await password.GetValueAsync(cancellationToken)}";
}

public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name), IResourceWithParent, IResourceWithConnectionString
{
    public PostgresServerResource Parent { get; } = postgresParentResource;
    public string DatabaseName { get; } = databaseName;
    IResource IResourceWithParent.Parent => Parent;

    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
        => $"{await Parent.GetConnectionStringAsync(cancellationToken)};{new DbConnectionStringBuilder { ["Database"] = DatabaseName }.ConnectionString}";
}

public class RedisResource(string name, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    public EndpointReference PrimaryEndpoint => field ??= new(this, "tcp");

    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
        => $"{PrimaryEndpoint.Host}:{PrimaryEndpoint.Port},password={await password.GetValueAsync(cancellationToken)}";
}

public class RabbitMQServerResource(string name, ParameterResource? userName, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
{
    public EndpointReference PrimaryEndpoint => field ??= new(this, "tcp");
    public EndpointReference ManagementEndpoint => field ??= new(this, "management");

    public async ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default)
    {
        var user = Uri.EscapeDataString(await userName.TextAsync("guest", cancellationToken));
        var secret = Uri.EscapeDataString(await password.TextAsync("", cancellationToken));
        return $"amqp://{user}:{secret}@{PrimaryEndpoint.Host}:{PrimaryEndpoint.Port}";
    }
}
