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
            .WithEndpoint(port: port, targetPort: 5672, name: RabbitMQServerResource.PrimaryEndpointName)
            .WithIconName("MailMultiple")
            .WithLocalServer(async (context, progress, cancellation) =>
            {
                var program = await RabbitMQProgram.LocateAsync(progress, cancellation).ConfigureAwait(false);
                var user = await server.UserNameReference.GetValueAsync(cancellation).ConfigureAwait(false);
                var word = await server.PasswordParameter.GetValueAsync(cancellation).ConfigureAwait(false);
                return await program.PrepareAsync(context, user!, word!, cancellation).ConfigureAwait(false);
            })
            .WithHandshake(_ => new RabbitMQHandshake(server));
    }

    /// <summary>Keeps the data in a folder beyond the run.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(this IResourceBuilder<RabbitMQServerResource> builder, string source, bool isReadOnly = false)
        => builder.WithBindMount(source, "/var/lib/rabbitmq", isReadOnly);
}
