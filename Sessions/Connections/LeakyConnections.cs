using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.Connections;

/// <summary>
/// <c>singleton LeakyConnections._connections → OrderSocket.Connection → ManagedWebSocket</c>: the last connection of each customer, with
/// its buffers and its request, after it has ended.
/// </summary>
internal sealed class LeakyConnections : IConnections, ICaseState
{
    private readonly ConcurrentDictionary<string, OrderSocket> _connections = new();

    public long HeldItems => _connections.Count;

    public IReadOnlyCollection<OrderSocket> Sockets => [.. _connections.Values];

    public void Reset()
    {
        foreach (var socket in Sockets)
            socket.Close(WebSocketCloseStatus.EndpointUnavailable, "The case was reset.");
        _connections.Clear();
    }

    [SuppressMessage("Memory", "SHOP1001", Justification = "The incident: 250,000 dead connections of 300,000.")]
    public ValueTask<SocketAdmission> RegisterAsync(OrderSocket socket)
    {
        // LEAK: never removed when the client disconnects: only the customer's next connection replaces it.
        _connections[socket.CustomerId] = socket;
        return ValueTask.FromResult(SocketAdmission.Admitted);
    }

    public Task AcceptAsync(OrderSocket socket, HttpContext context) => socket.AcceptAsync(context, new WebSocketAcceptContext());

    public Task ServeAsync(OrderSocket socket, CancellationToken requestAborted)
        => Task.WhenAll(socket.ReadAsync(requestAborted), socket.WriteAsync(requestAborted));
}
