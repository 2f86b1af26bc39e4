namespace Shop.Payments.PaymentGateway;

/// <summary>
/// All requests share one pool of at most <see cref="MaxConnections"/> connections. A connection is closed after a minute without requests
/// and at the latest two minutes after it was opened, when its request has ended: a changed address is used from then on.
/// </summary>
internal sealed class FixedPaymentGateway(IHttpClientFactory clients) : IPaymentGateway
{
    /// <summary>The name of the client.</summary>
    public const string Client = "gateway";

    private const int MaxConnections = 50;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Adds the client, which service discovery resolves.</summary>
    // No resilience handler: a charge may take long, and only the consumer retries it.
    public static void AddClient(IServiceCollection services)
        => services.AddHttpClient(Client, http =>
            {
                http.BaseAddress = new Uri($"http://{Client}");
                http.Timeout = PaymentGatewayCase.Timeout;
            })
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.PooledConnectionLifetime = ConnectionLifetime;
                handler.MaxConnectionsPerServer = MaxConnections;
            })
            // The pool itself follows a changed address, so the factory need not replace it.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // FIX: the factory's clients share the pool: disposing a client closes nothing, and the next request reuses the connection.
        using var http = clients.CreateClient(Client);
        return await http.SendAsync(request, cancellationToken);
    }
}
