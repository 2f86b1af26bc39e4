using Shop.Payments.PaymentGateway;

namespace Shop.Tests.Payments;

/// <summary>
/// The article's fix: one client for all requests. A charge may go to an address that the gateway has left, so it cannot be selected in the
/// service. In the article the client is static, and its handler has all defaults; here the tests decide where it connects.
/// </summary>
internal sealed class PublishedPaymentGateway(
    Uri address, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> connect) : IPaymentGateway, IDisposable
{
    // DEFECT: PooledConnectionLifetime is infinite, so a connection that is used at least once a minute stays at its old address.
    // DEFECT: MaxConnectionsPerServer is unlimited, so each concurrent request opens a connection.
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectCallback = connect }) { BaseAddress = address };

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        => _http.SendAsync(request, cancellationToken);

    public void Dispose() => _http.Dispose();
}
