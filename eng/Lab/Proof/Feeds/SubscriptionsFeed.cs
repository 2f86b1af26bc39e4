using System.Globalization;
using System.Net.WebSockets;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Customers who lose the connection of their order-status socket; without the case: customers who close it.</summary>
[Feeding]
internal sealed class SubscriptionsFeed(ProofTarget target) : ICaseFeed
{
    // The service may notice a lost connection a moment later, and limits the sockets of a customer to 16.
    private const int Customers = 8;
    private readonly string[] _sessions = new string[Customers];
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler(), disposeHandler: true);
    private readonly Uri _route = new UriBuilder(new Uri(target.Address, "/session/orders")) { Scheme = Uri.UriSchemeWs }.Uri;
    private int _sockets;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        for (var customer = 0; customer < Customers; customer++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"proof-{customer}");
            _sessions[customer] = await Traffic.OpenSessionAsync(target.Address, name, cancellationToken);
        }
    }

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => Traffic.RepeatAsync(count, async token =>
        {
            using var socket = await ConnectAsync(token);
            socket.Abort();
        }, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => Traffic.RepeatAsync(count, async token =>
        {
            using var socket = await ConnectAsync(token);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, token);
        }, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<ClientWebSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            var session = _sessions[(uint)Interlocked.Increment(ref _sockets) % Customers];
            socket.Options.SetRequestHeader("X-Session-Id", session);
            await socket.ConnectAsync(_route, _http, cancellationToken);
            return socket;
        }
        catch (WebSocketException exception)
        {
            socket.Dispose();
            throw new LabException($"The order-status socket was not accepted: {exception.Message}");
        }
    }
}
