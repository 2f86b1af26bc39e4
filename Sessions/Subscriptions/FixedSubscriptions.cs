using System.Net.WebSockets;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions.Connections;
using Shop.Sessions.Sockets;

namespace Shop.Sessions.Subscriptions;

/// <summary>
/// A subscription lasts no longer than its request, and the request no longer than its connection. Bounded by the open sockets, of which
/// the options limit the number. However a connection ends, and if it is never accepted, a finally block unsubscribes.
/// </summary>
internal sealed class FixedSubscriptions(OrderStatusBus bus, OrderSockets sockets) : ISubscriptions, ICaseState
{
    public long HeldItems => bus.Count<StatusHandler>();

    // All that is held is in use.
    public void Reset()
    {
    }

    public async Task ServeAsync(HttpContext context, OrderSocket socket)
    {
        var handler = new StatusHandler(context, socket, sockets);
        // Before the connection is accepted: a connected customer misses no status.
        bus.Subscribe(handler);
        try
        {
            await socket.Connections.AcceptAsync(socket, context);
            var received = handler.ReceiveAsync();
            await handler.Completed;
            // If the connection faulted, its exception is the request's.
            await received;
        }
        finally
        {
            bus.Unsubscribe(handler);
        }
    }

    private sealed class StatusHandler(HttpContext context, OrderSocket socket, OrderSockets sockets) : IStatusHandler
    {
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string CustomerId => socket.CustomerId;

        public Task Completed => _completed.Task;

        public void OnStatus(ReadOnlyMemory<byte> status) => sockets.Send(socket, status);

        public void Complete() => _completed.TrySetResult();

        public async Task ReceiveAsync()
        {
            try
            {
                await sockets.ServeAsync(socket, context.RequestAborted);
                if (socket.Connection!.State == WebSocketState.CloseReceived)
                    await socket.AnswerCloseAsync();
            }
            finally
            {
                // FIX: in an unconditional finally block, so that no end of the connection leaves the request waiting and subscribed.
                Complete();
            }
        }
    }
}
