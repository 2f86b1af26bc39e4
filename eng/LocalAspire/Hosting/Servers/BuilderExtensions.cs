using Npgsql;
using RabbitMQ.Client;

namespace Aspire.Hosting;

public static class PostgresBuilderExtensions
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name,
        IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new PostgresServerResource(name, userName?.Resource, secret);
        return builder.AddServer(server, new EndpointAnnotation("tcp", "tcp", port), PostgresProgram.LocateAsync, async (program, context, cancellation) =>
                await program.PrepareAsync(context, await (userName?.Resource).TextAsync("postgres", cancellation), await secret.TextAsync("", cancellation), cancellation))
            .WithHandshake(cancellation => RunAsync(server, "postgres", "SELECT 1", cancellation));
    }

    /// <summary>Adds a database, which is created when the server is ready.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var server = builder.Resource;
        var database = new PostgresDatabaseResource(name, databaseName ?? name, server);
        builder.WithAnnotation(new ReadyCallbackAnnotation(cancellation => CreateAsync(database, cancellation)));
        return builder.ApplicationBuilder.AddResource(database)
            .WithHandshake(cancellation => RunAsync(server, database.DatabaseName, "SELECT 1", cancellation));
    }

    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false)
        => builder.WithDataFolder(source);

    private static async Task CreateAsync(PostgresDatabaseResource database, CancellationToken cancellation)
    {
        try
        {
            await RunAsync(database.Parent, "postgres", $"CREATE DATABASE {new NpgsqlCommandBuilder().QuoteIdentifier(database.DatabaseName)}", cancellation);
        }
        catch (PostgresException exists) when (exists.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            // By an earlier run, in a lasting folder, or at an earlier start.
        }
    }

    // Not pooled: a pool would keep one of the server's connections for ever.
    private static async Task RunAsync(PostgresServerResource server, string database, string sql, CancellationToken cancellation)
    {
        var text = await server.GetConnectionStringAsync(cancellation);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(text) { Database = database, Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        // Special characters would need escaping in the connection string.
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new RedisResource(name, secret);
        return builder.AddServer(server, new EndpointAnnotation("redis", "tcp", port), RedisProgram.LocateAsync, async (program, context, cancellation) =>
                program.Prepare(context, await secret.TextAsync("", cancellation)))
            .WithHandshake(async cancellation => await RedisProgram.GreetAsync(server.PrimaryEndpoint, await secret.TextAsync("", cancellation), cancellation));
    }

    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false)
        => builder.WithDataFolder(source);
}

public static class RabbitMQBuilderExtensions
{
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name,
        IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new RabbitMQServerResource(name, userName?.Resource, secret);
        IConnection? held = null;
        return builder.AddServer(server, new EndpointAnnotation("tcp", "tcp", port), RabbitMQProgram.LocateAsync, async (program, context, cancellation) =>
                program.Prepare(context, server.ManagementEndpoint, await (userName?.Resource).TextAsync("guest", cancellation), await secret.TextAsync("", cancellation)))
            .WithHandshake(async cancellation => held = await RenewAsync(held, await server.TextAsync("", cancellation), cancellation));
    }

    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder)
        => builder.WithAnnotation(new EndpointAnnotation("http", "management", null));

    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(this IResourceBuilder<RabbitMQServerResource> builder, string source, bool isReadOnly = false)
        => builder.WithDataFolder(source);

    // One connection, whose heartbeats are the check; a new one when it is lost. It ends with the broker at the latest.
    private static async Task<IConnection> RenewAsync(IConnection? held, string address, CancellationToken cancellation)
    {
        if (held is { IsOpen: true })
            return held;
        if (held is not null)
            await held.DisposeAsync();
        var factory = new ConnectionFactory { Uri = new Uri(address), AutomaticRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(5) };
        return await factory.CreateConnectionAsync("health check", cancellation);
    }
}
