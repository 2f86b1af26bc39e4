using RabbitMQ.Client;

namespace Aspire.Hosting;

public static class RabbitMQBuilderExtensions
{
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name,
        IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        // Special characters would need escaping in the connection string, which is a URI.
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new RabbitMQServerResource(name, userName?.Resource, secret);
        IConnection? held = null;
        return builder.AddServer(server, new EndpointAnnotation("tcp", "tcp", port), RabbitMQProgram.LocateAsync, async (program, context, cancellation) =>
                program.Prepare(context, await server.UserNameParameter.TextAsync("guest", cancellation), await secret.TextAsync("", cancellation)))
            .WithHandshake(async cancellation => held = await RenewAsync(held, await server.TextAsync("", cancellation), cancellation));
    }

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
