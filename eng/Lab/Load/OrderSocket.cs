using System.Net.WebSockets;
using System.Text.Json;

namespace Shop.Lab.Load;

/// <summary>How an order ended, as the customer learned it.</summary>
internal sealed record OrderOutcome(string Status, bool WasPushed)
{
    public const string Settled = "Settled";
    public const string Declined = "Declined";

    public static bool IsFinal(string status) => status is Settled or Declined;
}

/// <summary>
/// A customer's order-status WebSocket. What arrives before the order's id is known waits in the connection, so one
/// reader at the time of <see cref="WaitAsync"/> is enough.
/// </summary>
internal sealed class OrderSocket : IDisposable
{
    public const string Route = "WS /session/orders";
    private const int MaxMessageBytes = 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    private readonly ClientWebSocket _socket = new();
    private readonly LoadStatistics _statistics;

    private OrderSocket(LoadStatistics statistics) => _statistics = statistics;

    /// <summary>Opens the socket; null if that failed, which has been counted.</summary>
    public static async Task<OrderSocket?> OpenAsync(Uri sessions, string sessionId, HttpMessageInvoker http, LoadStatistics statistics, CancellationToken cancellationToken)
    {
        var socket = new OrderSocket(statistics);
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(ConnectTimeout);
            socket._socket.Options.SetRequestHeader("X-Session-Id", sessionId);
            // Else a refusal's status (429, 503) would only be "not a WebSocket".
            socket._socket.Options.CollectHttpResponseDetails = true;
            var scheme = sessions.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs;
            var address = new UriBuilder(sessions) { Scheme = scheme, Path = "/session/orders" }.Uri;
            await socket._socket.ConnectAsync(address, http, timeout.Token);
            return socket;
        }
        catch (Exception exception)
        {
            var kind = KindOf(exception, socket._socket);
            socket.Dispose();
            if (kind is null || cancellationToken.IsCancellationRequested)
                throw;
            statistics.Failed(Route, kind);
            return null;
        }
    }

    /// <summary>Reads until the order's final status arrives; null if the socket closed first, which has been counted.</summary>
    public async Task<OrderOutcome?> WaitAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxMessageBytes];
        try
        {
            while (true)
            {
                var state = await ReadAsync(buffer, cancellationToken);
                if (state.OrderId == orderId && OrderOutcome.IsFinal(state.Status))
                    return new(state.Status, WasPushed: true);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && KindOf(exception, _socket) is { } kind)
        {
            _statistics.Failed(Route, kind);
            return null;
        }
    }

    /// <summary>Closes the connection as a browser does when the user leaves the page; a slow answer is no failure.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        if (_socket.State != WebSocketState.Open)
            return;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(CloseTimeout);
        try
        {
            await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && KindOf(exception, _socket) is { } kind)
        {
            _statistics.Failed(Route, $"{kind} on close");
        }
    }

    /// <summary>Drops the connection if it was not closed, as when a phone loses its network.</summary>
    public void Dispose() => _socket.Dispose();

    private async Task<OrderState> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
                throw new UnexpectedAnswerException($"closed: {_socket.CloseStatus}");
            length += received.Count;
            if (received.EndOfMessage)
                return JsonSerializer.Deserialize(buffer.AsSpan(0, length), ShopJson.Default.OrderState) ?? throw new JsonException();
        }
        throw new UnexpectedAnswerException("message too long");
    }

    private static string? KindOf(Exception exception, ClientWebSocket socket) => exception switch
    {
        UnexpectedAnswerException => exception.Message,
        JsonException => "unexpected JSON",
        OperationCanceledException => "timeout",
        WebSocketException when socket.HttpStatusCode is not 0 and not System.Net.HttpStatusCode.SwitchingProtocols and var status => $"{(int)status}",
        WebSocketException { InnerException: HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http } => http.HttpRequestError.ToString(),
        WebSocketException { WebSocketErrorCode: not WebSocketError.Success } web => web.WebSocketErrorCode.ToString(),
        WebSocketException or IOException or HttpRequestException => exception.GetType().Name,
        _ => null,
    };
}
