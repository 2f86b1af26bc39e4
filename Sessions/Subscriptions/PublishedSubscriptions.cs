using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions.Connections;
using Shop.Sessions.Sockets;

namespace Shop.Sessions.Subscriptions;

/// <summary>
/// The article's fix: an <c>else</c> that completes the task of an aborted socket. It releases those of vanished peers, but the other ends
/// of a connection still leave their requests waiting and subscribed.
/// </summary>
internal sealed class PublishedSubscriptions(OrderStatusBus bus, OrderSockets sockets) : ISubscriptions, ICaseState
{
    public long HeldItems => bus.Count<StatusHandler>();

    public void Reset()
    {
        foreach (var handler in bus.HandlersOf<StatusHandler>())
        {
            bus.Unsubscribe(handler);
            handler.Complete();
        }
    }

    [SuppressMessage("Memory", "SHOP1006", Justification = "The published fix still leaves on the good path only.")]
    [SuppressMessage("Memory", "SHOP3001", Justification = "The published fix still leaves on the good path only.")]
    public async Task ServeAsync(HttpContext context, OrderSocket socket)
    {
        var handler = new StatusHandler(context, socket, sockets);
        // Before the connection is accepted: a connected customer misses no status.
        bus.Subscribe(handler);
        // DEFECT: a connection that is never accepted throws here, before anything that could complete the task or unsubscribe.
        await socket.Connections.AcceptAsync(socket, context);
        _ = handler.ReceiveAsync();
        await handler.Completed;
        bus.Unsubscribe(handler);
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
            // DEFECT: a connection that faults throws here; nobody awaits this method, so the exception is lost and the task not completed.
            await sockets.ServeAsync(socket, context.RequestAborted);
            if (socket.Connection!.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                try
                {
                    await socket.AnswerCloseAsync();
                }
                finally
                {
                    Complete();
                }
            }
            // DEFECT: not the state Closed: where the service closed the socket (a session's end, a slow peer), the task is not completed.
            else if (socket.Connection!.State == WebSocketState.Aborted)
            {
                Complete();
            }
        }
    }
}
