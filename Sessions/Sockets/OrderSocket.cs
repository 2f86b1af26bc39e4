using System.Net.WebSockets;
using System.Threading.Channels;

namespace Shop.Sessions.Sockets;

/// <summary>
/// One open connection of a customer. Messages are queued in a bounded channel. If the peer is too slow, the connection is closed
/// instead of dropping messages: after reconnecting, the peer reads GET /orders and loses nothing.
/// </summary>
internal sealed class OrderSocket(string customerId, string sessionId) : IDisposable
{
    // A browser closes the connection unless the server accepts one of the subprotocols that it offered. The one with the session id must
    // not be repeated in the response, so browsers also offer this one.
    private const string SubProtocol = "shop.order-status";
    private const int OutboundCapacity = 64;
    private const int ReceiveBufferBytes = 256;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);
    private static readonly CloseReason Disposed = new(WebSocketCloseStatus.Empty, "");

    private readonly Channel<ReadOnlyMemory<byte>> _outbound = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(OutboundCapacity) { SingleReader = true });
    private readonly CancellationTokenSource _abort = new();
    private CloseReason? _closeReason;

    /// <summary>The connection's id; a customer may have several connections.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The customer whose order statuses are sent.</summary>
    public string CustomerId { get; } = customerId;

    /// <summary>The session that opened the connection, which is closed when the session ends.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>Queues a message; returns false if the socket is closing or its peer is too slow.</summary>
    public bool TrySend(ReadOnlyMemory<byte> message) => _outbound.Writer.TryWrite(message);

    /// <summary>
    /// Closes the connection after the queued messages have been sent; aborts it if the peer does not respond in time. The first call
    /// determines the reason; the others return false.
    /// </summary>
    public bool Close(WebSocketCloseStatus status, string reason)
    {
        if (Interlocked.CompareExchange(ref _closeReason, new CloseReason(status, reason), null) is not null)
            return false;
        _outbound.Writer.TryComplete();
        _abort.CancelAfter(CloseTimeout);
        return true;
    }

    /// <summary>Accepts the request's connection.</summary>
    public static Task<WebSocket> AcceptAsync(HttpContext context) => context.WebSockets.AcceptWebSocketAsync(
        context.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol) ? SubProtocol : null);

    /// <summary>
    /// Serves the connection until either side closes it or the peer disconnects. If the peer closed it, the connection is then in the
    /// state <see cref="WebSocketState.CloseReceived"/> and waits for <see cref="AnswerCloseAsync"/>.
    /// </summary>
    public async Task RunAsync(WebSocket socket, CancellationToken requestAborted)
    {
        using var aborted = requestAborted.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _abort);
        await Task.WhenAll(ReadAsync(socket), WriteAsync(socket));
    }

    /// <summary>Responds to the peer's close frame.</summary>
    public async Task AnswerCloseAsync(WebSocket socket)
    {
        try
        {
            await socket.CloseOutputAsync(_closeReason!.Status, _closeReason.Text, _abort.Token);
        }
        catch (Exception exception) when (IsEndOfConnection(exception))
        {
            Abort();
        }
    }

    /// <summary>Releases the timer. A socket that is closed afterwards stays as it is.</summary>
    public void Dispose()
    {
        Interlocked.CompareExchange(ref _closeReason, Disposed, null);
        _abort.Dispose();
    }

    // The peer sends no messages, but a pending receive is required to process its close frame, its pongs and its disconnect.
    private async Task ReadAsync(WebSocket socket)
    {
        var buffer = new byte[ReceiveBufferBytes];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), _abort.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
            Close(WebSocketCloseStatus.NormalClosure, "Closed by the peer.");
        }
        catch (Exception exception)
        {
            Abort();
            if (!IsEndOfConnection(exception))
                throw;
        }
    }

    private async Task WriteAsync(WebSocket socket)
    {
        try
        {
            await foreach (var message in _outbound.Reader.ReadAllAsync(_abort.Token))
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _abort.Token);
            if (_closeReason is { } reason && socket.State is WebSocketState.Open)
                await socket.CloseOutputAsync(reason.Status, reason.Text, _abort.Token);
        }
        catch (Exception exception)
        {
            Abort();
            if (!IsEndOfConnection(exception))
                throw;
        }
    }

    // A failure of one loop ends the other.
    private void Abort()
    {
        _outbound.Writer.TryComplete();
        _abort.Cancel();
    }

    private static bool IsEndOfConnection(Exception exception)
        => exception is WebSocketException or OperationCanceledException or IOException;

    private sealed record CloseReason(WebSocketCloseStatus Status, string Text);
}
