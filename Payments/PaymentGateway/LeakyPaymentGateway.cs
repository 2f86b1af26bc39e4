using System.Diagnostics.CodeAnalysis;
using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.PaymentGateway;

/// <summary>
/// Retains no object, but each request opens a connection and closes it. The operating system keeps the closed socket in TIME_WAIT for a
/// minute, and its port with it: with Linux's 28,232 ports, more than 470 requests a second to one address exhaust them.
/// </summary>
internal sealed class LeakyPaymentGateway(IConfiguration configuration, TimeProvider time) : IPaymentGateway, ICaseState
{
    private readonly Uri _address = PaymentGatewayCase.AddressIn(configuration)
        ?? throw new InvalidOperationException($"{PaymentGatewayCase.AddressKey} is not configured.");

    private readonly ClosedConnections _closed = new(time);

    public long HeldItems => _closed.Count;

    /// <summary>Forgets the closed connections. Their sockets remain until the operating system removes them.</summary>
    public void Reset() => _closed.Clear();

    [SuppressMessage("Memory", "SHOP2001", Justification = "The incident: no port was left.")]
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // LEAK: a client of its own has a connection pool of its own: disposing the client closes the connection, which no request reuses.
        using var http = new HttpClient { BaseAddress = _address, Timeout = PaymentGatewayCase.Timeout };
        var response = await http.SendAsync(request, cancellationToken);
        _closed.Add();
        return response;
    }
}
