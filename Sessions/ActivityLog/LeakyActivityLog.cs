using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.ActivityLog;

/// <summary>
/// <c>singleton LeakyActivityLog._queue → CartActivity</c>: each change that the stream has not taken yet. It takes five a second, and none
/// while it is away.
/// </summary>
internal sealed class LeakyActivityLog(ActivityStream stream) : BackgroundService, IActivityLog, ICaseState
{
    // LEAK: nothing bounds the queue, and its reader is slower than the customers: it grows as long as they shop.
    [SuppressMessage("Memory", "SHOP1003", Justification = "The incident: the queue outgrew the memory.")]
    private readonly Channel<CartActivity> _queue = Channel.CreateUnbounded<CartActivity>();

    public long HeldItems => _queue.Reader.Count;

    public void Reset()
    {
        while (_queue.Reader.TryRead(out _))
        {
        }
    }

    public void Add(CartActivity activity) => _queue.Writer.TryWrite(activity);

    // What is in the queue at a stop is lost.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var activity in _queue.Reader.ReadAllAsync(stoppingToken))
            await stream.AppendAsync([activity], stoppingToken);
    }
}
