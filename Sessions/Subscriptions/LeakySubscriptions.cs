using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions.Connections;
using Shop.Sessions.Sockets;

namespace Shop.Sessions.Subscriptions;

/// <summary>
/// <c>singleton OrderStatusBus._handlers → HashSet&lt;IStatusHandler&gt; → LeakySubscriptions.StatusHandler.context →
/// DefaultHttpContext</c>: each socket that its peer did not close, with its request, which never ends.
/// </summary>
internal sealed class LeakySubscriptions(OrderStatusBus bus, OrderSockets sockets) : ISubscriptions, ICaseState
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

    [SuppressMessage("Memory", "SHOP1006", Justification = "The incident: 8,851 HttpContexts of aborted sockets.")]
    [SuppressMessage("Memory", "SHOP3001", Justification = "The incident: 8,851 HttpContexts of aborted sockets.")]
    public async Task ServeAsync(HttpContext context, OrderSocket socket)
    {
        var handler = new StatusHandler(context, socket, sockets);
        // Before the connection is accepted: a connected customer misses no status.
        bus.Subscribe(handler);
        await socket.Connections.AcceptAsync(socket, context);
        _ = handler.ReceiveAsync();
        await handler.Completed;
        bus.Unsubscribe(handler);
    }

    internal sealed class StatusHandler(HttpContext context, OrderSocket socket, OrderSockets sockets) : IStatusHandler
    {
        private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string CustomerId => socket.CustomerId;

        public Task Completed => _completed.Task;

        public void OnStatus(ReadOnlyMemory<byte> status) => sockets.Send(socket, status);

        public void Complete() => _completed.TrySetResult();

        public async Task ReceiveAsync()
        {
            await sockets.ServeAsync(socket, context.RequestAborted);
            // A connection that was aborted cannot be closed.
            if (socket.Connection!.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                try
                {
                    await socket.AnswerCloseAsync();
                }
                finally
                {
                    // LEAK: only here, so after an abort the task is never completed: the request waits for it and stays subscribed.
                    Complete();
                }
            }
        }
    }
}
