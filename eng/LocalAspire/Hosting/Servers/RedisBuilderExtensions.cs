using Aspire.Hosting.ApplicationModel;
using LocalAspire.Servers;

namespace Aspire.Hosting;

/// <summary>Adds Redis servers.</summary>
public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        // Special characters, commas above all, would need escaping in the connection string.
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new RedisResource(name, secret);
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: 6379, scheme: "redis", name: server.PrimaryEndpoint.EndpointName)
            .WithIconName("Database")
            .WithLocalServer(RedisProgram.LocateAsync, async (program, context, cancellation) =>
                await program.PrepareAsync(context, await secret.TextAsync(cancellation), cancellation))
            .WithHandshake(new RedisHandshake(server));
    }

    /// <summary>Keeps the data in a folder beyond the run.</summary>
    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false)
        => builder.WithBindMount(source, "/data", isReadOnly);
}
