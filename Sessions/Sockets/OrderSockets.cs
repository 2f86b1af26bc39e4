using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.Connections;

namespace Shop.Sessions.Sockets;

/// <summary>
/// The order-status sockets of this instance, in whichever variant of the case they are registered. A session's end and the service's stop
/// close them.
/// </summary>
internal sealed class OrderSockets : IDisposable
{
    private readonly CaseSwitch<IConnections> _connections;
    private readonly Meter _meter;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _slow;
    private readonly Counter<long> _sent;
    private readonly CancellationTokenRegistration _stopping;
    private int _open;
    private volatile bool _isStopping;

    public OrderSockets(CaseSwitch<IConnections> connections, IMeterFactory meters, IHostApplicationLifetime lifetime)
    {
        _connections = connections;
        // The factory owns and disposes the meter.
        _meter = meters.Create("Shop.Sessions");
        _meter.CreateObservableGauge(
            "shop.sessions.sockets", () => Open, unit: "{socket}", description: "Open order-status sockets");
        _refused = _meter.CreateCounter<long>(
            "shop.sessions.sockets.refused", unit: "{socket}", description: "Sockets refused because a limit was reached");
        _slow = _meter.CreateCounter<long>(
            "shop.sessions.sockets.slow", unit: "{socket}", description: "Sockets closed because their peer was too slow");
        _sent = _meter.CreateCounter<long>("shop.sessions.statuses", unit: "{status}", description: "Statuses queued for sockets");
        _stopping = lifetime.ApplicationStopping.Register(CloseAll);
    }

    /// <summary>The open sockets.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Creates a socket of the current variant.</summary>
    public OrderSocket Create(Customer customer) => new(customer.CustomerId, customer.SessionId, _connections.Current);

    /// <summary>Registers a socket if the limits allow it; its connection is then accepted and served.</summary>
    public async ValueTask<SocketAdmission> RegisterAsync(OrderSocket socket)
    {
        var admission = _isStopping ? SocketAdmission.Full : await socket.Connections.RegisterAsync(socket);
        if (admission != SocketAdmission.Admitted)
            _refused.Add(1);
        else if (_isStopping)
            // It may have been registered after all others were closed.
            CloseStopping(socket);
        return admission;
    }

    /// <summary>Serves the accepted connection of a socket until it has ended.</summary>
    public async Task ServeAsync(OrderSocket socket, CancellationToken requestAborted)
    {
        Interlocked.Increment(ref _open);
        try
        {
            await socket.Connections.ServeAsync(socket, requestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>Sends a message to a socket; closes it if its peer is too slow.</summary>
    public void Send(OrderSocket socket, ReadOnlyMemory<byte> message)
    {
        if (socket.TrySend(message))
            _sent.Add(1);
        else if (socket.Close(WebSocketCloseStatus.PolicyViolation, "Too slow. Reconnect and read GET /orders."))
            _slow.Add(1);
    }

    /// <summary>Returns the sessions that have registered sockets.</summary>
    public IReadOnlyCollection<string> Sessions() => Registered().Select(socket => socket.SessionId).ToHashSet();

    /// <summary>Closes the sockets of a session that has ended.</summary>
    public void CloseSession(string sessionId)
    {
        foreach (var socket in Registered().Where(socket => socket.SessionId == sessionId))
            socket.Close(WebSocketCloseStatus.PolicyViolation, "The session has ended.");
    }

    public void Dispose() => _stopping.Dispose();

    private IEnumerable<OrderSocket> Registered() => _connections.Created.SelectMany(connections => connections.Sockets);

    private void CloseAll()
    {
        _isStopping = true;
        foreach (var socket in Registered())
            CloseStopping(socket);
    }

    private static void CloseStopping(OrderSocket socket)
        => socket.Close(WebSocketCloseStatus.EndpointUnavailable, "The service is stopping.");
}
