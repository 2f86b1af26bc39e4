namespace Shop.Payments.Charging;

/// <summary>Registers the client.</summary>
internal static class GatewayClientExtensions
{
    private const int MaxConnections = 50;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    // No resilience handler: a charge may take long, and only the consumer retries it.
    public static void AddGatewayClient(this IHostApplicationBuilder builder)
        => builder.Services.AddHttpClient<GatewayClient>(client =>
            {
                client.BaseAddress = new Uri("http://gateway");
                client.Timeout = Timeout;
            })
            // Connections are pooled and have a limited lifetime, so that a changed address is used.
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.PooledConnectionLifetime = ConnectionLifetime;
                handler.MaxConnectionsPerServer = MaxConnections;
            })
            .SetHandlerLifetime(System.Threading.Timeout.InfiniteTimeSpan);
}
