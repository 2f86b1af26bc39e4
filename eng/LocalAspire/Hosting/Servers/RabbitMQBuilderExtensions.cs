using Aspire.Hosting.ApplicationModel;
using LocalAspire.Servers;

namespace Aspire.Hosting;

/// <summary>Adds RabbitMQ brokers.</summary>
public static class RabbitMQBuilderExtensions
{
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name,
        IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        // Special characters would need escaping in the connection string, which is a URI.
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new RabbitMQServerResource(name, userName?.Resource, secret);
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: 5672, name: server.PrimaryEndpoint.EndpointName)
            .WithIconName("MailMultiple")
            .WithLocalServer(RabbitMQProgram.LocateAsync, async (program, context, cancellation) =>
                await program.PrepareAsync(context, server.ManagementEndpoint.Exists ? server.ManagementEndpoint.Port : null, await server.UserNameReference.TextAsync(cancellation), await secret.TextAsync(cancellation), cancellation))
            .WithHandshake(new RabbitMQHandshake(server));
    }

    /// <summary>Switches the broker's HTTP API and its page on.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder)
        => builder.WithHttpEndpoint(targetPort: 15672, name: builder.Resource.ManagementEndpoint.EndpointName);

    /// <summary>Keeps the data in a folder beyond the run.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(this IResourceBuilder<RabbitMQServerResource> builder, string source, bool isReadOnly = false)
        => builder.WithBindMount(source, "/var/lib/rabbitmq", isReadOnly);
}
