using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using Microsoft.Extensions.Options;

namespace Shop.Sessions.Sockets;

/// <summary>
/// The open sockets of this instance, by customer and connection id, within the limits of the options. Each is removed when its connection
/// has ended, in a finally block. A session's end and the service's stop close sockets under the lock, so that no removed and disposed one
/// is called.
/// </summary>
internal sealed class OrderSockets : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<Guid, OrderSocket>> _customers = [];
    private readonly SessionsOptions _options;
    private readonly Meter _meter;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _slow;
    private readonly Counter<long> _sent;
    private readonly CancellationTokenRegistration _stopping;
    private int _count;
    private bool _isStopping;

    public OrderSockets(IOptions<SessionsOptions> options, IMeterFactory meters, IHostApplicationLifetime lifetime)
    {
        _options = options.Value;
        // The factory owns and disposes the meter.
        _meter = meters.Create("Shop.Sessions");
        _meter.CreateObservableGauge(
            "shop.sessions.sockets", () => Volatile.Read(ref _count), unit: "{socket}", description: "Open order-status sockets");
        _refused = _meter.CreateCounter<long>(
            "shop.sessions.sockets.refused", unit: "{socket}", description: "Sockets refused because a limit was reached");
        _slow = _meter.CreateCounter<long>(
            "shop.sessions.sockets.slow", unit: "{socket}", description: "Sockets closed because their peer was too slow");
        _sent = _meter.CreateCounter<long>("shop.sessions.statuses", unit: "{status}", description: "Statuses queued for sockets");
        _stopping = lifetime.ApplicationStopping.Register(CloseAll);
    }

    /// <summary>Adds a socket if the limits allow it.</summary>
    public SocketAdmission TryAdd(OrderSocket socket)
    {
        lock (_lock)
        {
            var admission = Admit(socket);
            if (admission != SocketAdmission.Admitted)
                _refused.Add(1);
            return admission;
        }
    }

    /// <summary>Removes a socket; the customer's other sockets stay.</summary>
    public void Remove(OrderSocket socket)
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

    /// <summary>Serves the connection of a socket and removes the socket when the connection has ended.</summary>
    public async Task RunAsync(OrderSocket socket, WebSocket connection, CancellationToken requestAborted)
    {
        try
        {
            await socket.RunAsync(connection, requestAborted);
        }
        finally
        {
            Remove(socket);
        }
    }

    /// <summary>Sends a message to a socket, which must not have been disposed; closes it if its peer is too slow.</summary>
    public void Send(OrderSocket socket, ReadOnlyMemory<byte> message)
    {
        if (socket.TrySend(message))
            _sent.Add(1);
        else if (socket.Close(WebSocketCloseStatus.PolicyViolation, "Too slow. Reconnect and read GET /orders."))
            _slow.Add(1);
    }

    /// <summary>Returns the sessions that have open sockets.</summary>
    public IReadOnlyCollection<string> Sessions()
    {
        lock (_lock)
            return _customers.Values.SelectMany(sockets => sockets.Values).Select(socket => socket.SessionId).ToHashSet();
    }

    /// <summary>Closes the sockets of a session that has ended.</summary>
    public void CloseSession(string sessionId)
    {
        lock (_lock)
        {
            foreach (var socket in _customers.Values.SelectMany(sockets => sockets.Values).Where(socket => socket.SessionId == sessionId))
                socket.Close(WebSocketCloseStatus.PolicyViolation, "The session has ended.");
        }
    }

    public void Dispose() => _stopping.Dispose();

    private SocketAdmission Admit(OrderSocket socket)
    {
        if (_isStopping || _count >= _options.MaxSockets)
            return SocketAdmission.Full;
        if (!_customers.TryGetValue(socket.CustomerId, out var sockets))
            _customers[socket.CustomerId] = sockets = [];
        if (sockets.Count >= _options.MaxSocketsPerCustomer)
            return SocketAdmission.TooManyOfCustomer;
        sockets.Add(socket.Id, socket);
        _count++;
        return SocketAdmission.Admitted;
    }

    private void CloseAll()
    {
        lock (_lock)
        {
            _isStopping = true;
            foreach (var socket in _customers.Values.SelectMany(sockets => sockets.Values))
                socket.Close(WebSocketCloseStatus.EndpointUnavailable, "The service is stopping.");
        }
    }
}
