using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.Connections;

/// <summary>
/// The article's fix: a connection replaces the customer's older one, a ping every 30 seconds finds those that cannot be sent to, and a
/// sweep every minute removes those without a ping for 2 minutes.
/// </summary>
internal sealed class PublishedConnections : IConnections, ICaseState, IDisposable
{
    private const string Reason = "The connection is not registered any more.";
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxSilence = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);
    private static readonly byte[] Ping = [.. "{}"u8];

    private readonly ConcurrentDictionary<string, Entry> _connections = new();
    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public PublishedConnections(TimeProvider time)
    {
        _time = time;
        _sweep = time.CreateTimer(_ => _ = SweepAsync(), null, SweepInterval, SweepInterval);
    }

    public long HeldItems => _connections.Count;

    public IReadOnlyCollection<OrderSocket> Sockets => [.. _connections.Values.Select(entry => entry.Socket)];

    public void Reset()
    {
        foreach (var socket in Sockets)
            socket.Close(WebSocketCloseStatus.EndpointUnavailable, "The case was reset.");
        _connections.Clear();
    }

    public async ValueTask<SocketAdmission> RegisterAsync(OrderSocket socket)
    {
        await _lock.WaitAsync();
        try
        {
            // DEFECT: closes under the lock: while a lost peer does not answer, no other customer can connect.
            if (_connections.TryGetValue(socket.CustomerId, out var old))
                await CloseAsync(old.Socket);
            _connections[socket.CustomerId] = new Entry(socket) { LastPing = _time.GetTimestamp() };
            return SocketAdmission.Admitted;
        }
        finally
        {
            _lock.Release();
        }
    }

    public Task AcceptAsync(OrderSocket socket, HttpContext context) => socket.AcceptAsync(context, new WebSocketAcceptContext());

    [SuppressMessage("Memory", "SHOP1008", Justification = "The published fix removes the newer connection.")]
    public async Task ServeAsync(OrderSocket socket, CancellationToken requestAborted)
    {
        await using var pings = _time.CreateTimer(_ => SendPing(socket), null, PingInterval, PingInterval);
        // DEFECT: nothing reads: the peer's close frame is not answered, so it waits and stays connected.
        await socket.WriteAsync(requestAborted);
        await UnregisterAsync(socket.CustomerId);
    }

    public void Dispose()
    {
        _sweep.Dispose();
        _lock.Dispose();
    }

    private void SendPing(OrderSocket socket)
    {
        // DEFECT: set when a ping was sent, not when it was answered: a peer that vanished looks alive.
        if (socket.TrySend(Ping) && _connections.TryGetValue(socket.CustomerId, out var entry))
            entry.LastPing = _time.GetTimestamp();
    }

    private async Task UnregisterAsync(string customerId)
    {
        await _lock.WaitAsync();
        try
        {
            // DEFECT: by customer: the end of the old connection removes the new one.
            if (_connections.TryRemove(customerId, out var entry))
                await CloseAsync(entry.Socket);
        }
        finally
        {
            _lock.Release();
        }
    }

    private async Task SweepAsync()
    {
        await _lock.WaitAsync();
        try
        {
            foreach (var (customer, entry) in _connections)
            {
                if (_time.GetElapsedTime(entry.LastPing) > MaxSilence && _connections.TryRemove(customer, out _))
                    await CloseAsync(entry.Socket);
            }
        }
        finally
        {
            _lock.Release();
        }
    }

    private async Task CloseAsync(OrderSocket socket)
    {
        try
        {
            using var timeout = new CancellationTokenSource(CloseTimeout, _time);
            if (socket.Connection is { } connection)
                await connection.CloseAsync(WebSocketCloseStatus.PolicyViolation, Reason, timeout.Token);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It has ended already, or it was aborted.
        }
        socket.Close(WebSocketCloseStatus.PolicyViolation, Reason);
    }

    private sealed record Entry(OrderSocket Socket)
    {
        public long LastPing { get; set; }
    }
}
