using System.Net.WebSockets;

namespace Shop.Lab.Proof.Feeds;

/// <summary>The order-status sockets of customers of a service under proof.</summary>
internal sealed class StatusSockets(Uri sessions) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler(), disposeHandler: true);
    private readonly Uri _route = new UriBuilder(new Uri(sessions, "/session/orders")) { Scheme = Uri.UriSchemeWs }.Uri;

    /// <summary>Opens a socket.</summary>
    /// <exception cref="LabException">It was not accepted.</exception>
    public async Task<ClientWebSocket> OpenAsync(string session, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
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

    public void Dispose() => _http.Dispose();
}
