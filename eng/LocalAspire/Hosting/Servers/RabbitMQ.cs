using RabbitMQ.Client;

namespace Aspire.Hosting.ApplicationModel
{
    public class RabbitMQServerResource(string name, ParameterResource? userName, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
    {
        public EndpointReference PrimaryEndpoint => field ??= new(this, "tcp");
        public ParameterResource? UserNameParameter { get; } = userName;
        public ParameterResource PasswordParameter { get; } = password;
        internal ReferenceExpression UserNameReference => UserNameParameter is null ? ReferenceExpression.Create($"guest") : ReferenceExpression.Create($"{UserNameParameter}");

        public ReferenceExpression ConnectionStringExpression
            => ReferenceExpression.Create($"amqp://{UserNameReference:uri}:{PasswordParameter:uri}@{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)}");
    }
}

namespace Aspire.Hosting
{
    public static class RabbitMQBuilderExtensions
    {
        public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name,
            IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
        {
            // Special characters would need escaping in the connection string, which is a URI.
            var secret = password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false);
            var server = new RabbitMQServerResource(name, userName?.Resource, secret);
            return builder.AddResource(server)
                .WithEndpoint(new EndpointAnnotation("tcp", "tcp", port))
                .WithAnnotation(new LocalServerAnnotation(RabbitMQProgram.LocateAsync, async (context, cancellation) =>
                {
                    var program = await RabbitMQProgram.LocateAsync(context.Logger, cancellation);
                    return program.Prepare(context, await server.UserNameReference.TextAsync(cancellation), await secret.TextAsync(cancellation));
                }))
                .WithHandshake(new HeldConnection(server).RenewAsync);
        }

        public static IResourceBuilder<RabbitMQServerResource> WithDataBindMount(this IResourceBuilder<RabbitMQServerResource> builder, string source, bool isReadOnly = false)
            => builder.WithDataFolder(source);

        /// <summary>One connection, whose heartbeats are the check; a new one when it is lost. It ends with the broker at the latest.</summary>
        private sealed class HeldConnection(RabbitMQServerResource server)
        {
            private IConnection? _connection;

            public async Task RenewAsync(CancellationToken cancellation)
            {
                if (_connection is { IsOpen: true })
                    return;
                if (Interlocked.Exchange(ref _connection, null) is { } lost)
                    await lost.DisposeAsync();
                var address = new Uri(await server.ConnectionStringExpression.TextAsync(cancellation));
                var factory = new ConnectionFactory { Uri = address, AutomaticRecoveryEnabled = false, RequestedHeartbeat = TimeSpan.FromSeconds(5), ClientProvidedName = "health check" };
                _connection = await factory.CreateConnectionAsync(cancellation);
            }
        }
    }
}
