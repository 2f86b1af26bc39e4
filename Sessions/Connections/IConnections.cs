namespace Shop.Sessions.Connections;

/// <summary>The connections of this instance's order-status sockets.</summary>
internal interface IConnections
{
    /// <summary>The registered sockets: those that a session's end and the service's stop close.</summary>
    IReadOnlyCollection<OrderSocket> Sockets { get; }

    /// <summary>Registers a socket whose connection will be accepted, if the limits allow it.</summary>
    ValueTask<SocketAdmission> RegisterAsync(OrderSocket socket);

    /// <summary>Accepts the connection of a registered socket.</summary>
    Task AcceptAsync(OrderSocket socket, HttpContext context);

    /// <summary>Serves an accepted connection until it has ended.</summary>
    Task ServeAsync(OrderSocket socket, CancellationToken requestAborted);
}
