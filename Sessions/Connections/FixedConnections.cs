using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.Connections;

/// <summary>
/// Bounded by the open connections, of which the options limit the number. Each is removed when it ends, in a finally block; one whose
/// peer vanished ends within the keep-alive interval and timeout of the options.
/// </summary>
internal sealed class FixedConnections(IOptions<SessionsOptions> options) : IConnections, ICaseState
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<Guid, OrderSocket>> _customers = [];
    private readonly SessionsOptions _options = options.Value;
    private int _count;

    public long HeldItems => Volatile.Read(ref _count);

    public IReadOnlyCollection<OrderSocket> Sockets
    {
        get
        {
            lock (_lock)
                return [.. _customers.Values.SelectMany(sockets => sockets.Values)];
        }
    }

    // All that is held is in use.
    public void Reset()
    {
    }

    public ValueTask<SocketAdmission> RegisterAsync(OrderSocket socket)
    {
        lock (_lock)
            return ValueTask.FromResult(Admit(socket));
    }

    public async Task AcceptAsync(OrderSocket socket, HttpContext context)
    {
        try
        {
            await socket.AcceptAsync(context, KeepAlive());
        }
        catch
        {
            Remove(socket);
            throw;
        }
    }

    public async Task ServeAsync(OrderSocket socket, CancellationToken requestAborted)
    {
        try
        {
            await Task.WhenAll(socket.ReadAsync(requestAborted), socket.WriteAsync(requestAborted));
        }
        finally
        {
            // FIX: in a finally block, by the connection's id; the keep-alive timeout ends a connection that nothing else would end.
            Remove(socket);
        }
    }

    private SocketAdmission Admit(OrderSocket socket)
    {
        if (_count >= _options.MaxSockets)
            return SocketAdmission.Full;
        if (!_customers.TryGetValue(socket.CustomerId, out var sockets))
            _customers[socket.CustomerId] = sockets = [];
        if (sockets.Count >= _options.MaxSocketsPerCustomer)
            return SocketAdmission.TooManyOfCustomer;
        sockets.Add(socket.Id, socket);
        _count++;
        return SocketAdmission.Admitted;
    }

    private void Remove(OrderSocket socket)
    {
        lock (_lock)
        {
            if (!_customers.TryGetValue(socket.CustomerId, out var sockets) || !sockets.Remove(socket.Id))
                return;
            _count--;
            if (sockets.Count == 0)
                _customers.Remove(socket.CustomerId);
        }
    }

    // The runtime's timer checks whether a ping is due and whether its pong is overdue only four times in the shorter of the two times.
    // Without these delays, the socket of a vanished peer would end up to half of that time too late.
    private WebSocketAcceptContext KeepAlive()
    {
        var (interval, timeout) = (_options.SocketKeepAliveInterval, _options.SocketKeepAliveTimeout);
        var delay = (interval < timeout ? interval : timeout) / 4;
        return new WebSocketAcceptContext { KeepAliveInterval = interval - delay, KeepAliveTimeout = timeout - delay };
    }
}
