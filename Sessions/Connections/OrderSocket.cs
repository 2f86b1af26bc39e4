using System.Net.WebSockets;
using System.Threading.Channels;

namespace Shop.Sessions.Connections;

/// <summary>
/// One open connection of a customer. Messages are queued in a bounded channel. If the peer is too slow, the connection is closed
/// instead of dropping messages: after reconnecting, the peer reads GET /orders and loses nothing.
/// </summary>
/// <param name="customerId">The customer whose order statuses are sent.</param>
/// <param name="sessionId">The session that opened the connection, which is closed when the session ends.</param>
/// <param name="connections">The variant that registers and serves the connection; a switch affects later ones.</param>
internal sealed class OrderSocket(string customerId, string sessionId, IConnections connections) : IDisposable
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
    private readonly Lock _closing = new();
    private CloseReason? _closeReason;

    /// <summary>The connection's id; a customer may have several connections.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <inheritdoc cref="OrderSocket" path="/param[@name='customerId']"/>
    public string CustomerId { get; } = customerId;

    /// <inheritdoc cref="OrderSocket" path="/param[@name='sessionId']"/>
    public string SessionId { get; } = sessionId;

    /// <inheritdoc cref="OrderSocket" path="/param[@name='connections']"/>
    public IConnections Connections { get; } = connections;

    /// <summary>The accepted connection; null before.</summary>
    public WebSocket? Connection { get; private set; }

    /// <summary>Accepts the request's connection.</summary>
    /// <param name="context">The request.</param>
    /// <param name="keepAlive">The pings to the peer.</param>
    public async Task AcceptAsync(HttpContext context, WebSocketAcceptContext keepAlive)
    {
        keepAlive.SubProtocol = context.WebSockets.WebSocketRequestedProtocols.Contains(SubProtocol) ? SubProtocol : null;
        Connection = await context.WebSockets.AcceptWebSocketAsync(keepAlive);
    }

    /// <summary>Queues a message; returns false if the socket is closing or its peer is too slow.</summary>
    public bool TrySend(ReadOnlyMemory<byte> message) => _outbound.Writer.TryWrite(message);

    /// <summary>
    /// Closes the connection after the queued messages have been sent; aborts it if the peer does not respond in time. The first call
    /// determines the reason; the others return false, as it does after <see cref="Dispose"/>.
    /// </summary>
    public bool Close(WebSocketCloseStatus status, string reason)
    {
        // The timer must not be set after it was disposed.
        lock (_closing)
        {
            if (_closeReason is not null)
                return false;
            _closeReason = new CloseReason(status, reason);
            _abort.CancelAfter(CloseTimeout);
        }
        _outbound.Writer.TryComplete();
        return true;
    }

    /// <summary>
    /// Reads until the peer closes the connection or disconnects. If the peer closed it, the connection is then in the state
    /// <see cref="WebSocketState.CloseReceived"/> and waits for <see cref="AnswerCloseAsync"/>.
    /// </summary>
    public async Task ReadAsync(CancellationToken requestAborted)
    {
        using var aborted = AbortWith(requestAborted);
        var buffer = new byte[ReceiveBufferBytes];
        try
        {
            // The peer sends no messages, but a pending receive is required to process its close frame and its disconnect.
            while ((await Connection!.ReceiveAsync(buffer.AsMemory(), _abort.Token)).MessageType != WebSocketMessageType.Close)
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

    /// <summary>Sends the queued messages until either side closes the connection or the peer disconnects.</summary>
    public async Task WriteAsync(CancellationToken requestAborted)
    {
        using var aborted = AbortWith(requestAborted);
        try
        {
            await foreach (var message in _outbound.Reader.ReadAllAsync(_abort.Token))
                await Connection!.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _abort.Token);
            if (_closeReason is { } reason && Connection!.State is WebSocketState.Open)
                await Connection.CloseOutputAsync(reason.Status, reason.Text, _abort.Token);
        }
        catch (Exception exception)
        {
            Abort();
            if (!IsEndOfConnection(exception))
                throw;
        }
    }

    /// <summary>Responds to the peer's close frame.</summary>
    public async Task AnswerCloseAsync()
    {
        try
        {
            await Connection!.CloseOutputAsync(_closeReason!.Status, _closeReason.Text, _abort.Token);
        }
        catch (Exception exception) when (IsEndOfConnection(exception))
        {
            Abort();
        }
    }

    /// <summary>Releases the connection and the timer. A socket that is closed afterwards stays as it is.</summary>
    public void Dispose()
    {
        lock (_closing)
        {
            _closeReason ??= Disposed;
            _abort.Dispose();
        }
        Connection?.Dispose();
    }

    private CancellationTokenRegistration AbortWith(CancellationToken requestAborted)
        => requestAborted.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _abort);

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
