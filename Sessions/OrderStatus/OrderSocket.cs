using System.Net.WebSockets;
using System.Threading.Channels;

namespace Shop.Sessions.OrderStatus;

/// <summary>
/// One customer's open connection. Statuses wait in a bounded channel; a peer that does not take them in time is closed
/// rather than sent a part, since after reconnecting it reads GET /orders and has lost nothing.
/// </summary>
internal sealed class OrderSocket(string customerId, string sessionId) : IDisposable
{
    private const int OutboundCapacity = 64;
    private const int ReceiveBufferBytes = 256;
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly Channel<ReadOnlyMemory<byte>> _outbound = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(OutboundCapacity) { SingleReader = true });
    private readonly CancellationTokenSource _abort = new();
    private Ending? _ending;

    /// <summary>The connection: a customer may hold several.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Whose orders are told of.</summary>
    public string CustomerId { get; } = customerId;

    /// <summary>The session that opened it and without which it ends.</summary>
    public string SessionId { get; } = sessionId;

    /// <summary>Queues a message; false where the socket is closing or its peer is too slow.</summary>
    public bool TrySend(ReadOnlyMemory<byte> message) => _outbound.Writer.TryWrite(message);

    /// <summary>Says goodbye after what is queued, and aborts if the peer does not answer in time. The first call decides the reason.</summary>
    public void Close(WebSocketCloseStatus status, string reason)
    {
        if (Interlocked.CompareExchange(ref _ending, new Ending(status, reason), null) is not null)
            return;
        _outbound.Writer.TryComplete();
        _abort.CancelAfter(CloseTimeout);
    }

    /// <summary>Serves the connection until either side has closed it or the peer is gone.</summary>
    public async Task RunAsync(WebSocket socket, CancellationToken requestAborted)
    {
        using var aborted = requestAborted.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _abort);
        await Task.WhenAll(ReadAsync(socket), WriteAsync(socket));
    }

    public void Dispose() => _abort.Dispose();

    // Nothing is expected from the peer, but only a pending receive notices its close frame, its pongs and its end.
    private async Task ReadAsync(WebSocket socket)
    {
        var buffer = new byte[ReceiveBufferBytes];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), _abort.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
            Close(WebSocketCloseStatus.NormalClosure, "Bye.");
        }
        catch (Exception exception) when (IsEndOfConnection(exception))
        {
            Abort();
        }
    }

    private async Task WriteAsync(WebSocket socket)
    {
        try
        {
            await foreach (var message in _outbound.Reader.ReadAllAsync(_abort.Token))
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _abort.Token);
            if (_ending is { } ending && socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(ending.Status, ending.Reason, _abort.Token);
        }
        catch (Exception exception) when (IsEndOfConnection(exception))
        {
            Abort();
        }
    }

    // Whichever loop fails first ends the other.
    private void Abort()
    {
        _outbound.Writer.TryComplete();
        _abort.Cancel();
    }

    private static bool IsEndOfConnection(Exception exception) => exception is WebSocketException or OperationCanceledException or IOException;

    private sealed record Ending(WebSocketCloseStatus Status, string Reason);
}
