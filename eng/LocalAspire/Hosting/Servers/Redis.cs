namespace Aspire.Hosting;

public static class RedisBuilderExtensions
{
    public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null,
        IResourceBuilder<ParameterResource>? password = null)
    {
        // Special characters, commas above all, would need escaping in the connection string.
        var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
        var server = new RedisResource(name, secret);
        return builder.AddServer(server, new EndpointAnnotation("redis", "tcp", port), RedisProgram.LocateAsync, async (program, context, cancellation) =>
                program.Prepare(context, await secret.TextAsync("", cancellation)))
            .WithHandshake(async cancellation => await RedisProgram.GreetAsync(server.PrimaryEndpoint, await secret.TextAsync("", cancellation), cancellation));
    }

    public static IResourceBuilder<RedisResource> WithDataBindMount(this IResourceBuilder<RedisResource> builder, string source, bool isReadOnly = false)
        => builder.WithDataFolder(source);
}
