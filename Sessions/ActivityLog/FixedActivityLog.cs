using System.Threading.Channels;
using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.ActivityLog;

/// <summary>
/// Bounded by the queue's capacity, 2,000 changes, and the batch of at most 100 that is being written. A full queue drops the oldest, and
/// the metrics count it. At a stop the queue is written, as far as the time allows that the host grants.
/// </summary>
internal sealed class FixedActivityLog(ActivityStream stream, ActivityLogMetrics metrics, IConfiguration configuration)
    : BackgroundService, IActivityLog, ICaseState
{
    // FIX: a bounded queue, whose reader writes many changes at a time: it falls behind only while the stream is away, and then drops.
    private readonly Channel<CartActivity> _queue = Channel.CreateBounded<CartActivity>(
        new BoundedChannelOptions(configuration.CapacityOf(ActivityLogCase.Study, 2_000)) { FullMode = BoundedChannelFullMode.DropOldest },
        _ => metrics.Dropped(1));
    private readonly int _maxBatch = Math.Min(100, configuration.CapacityOf(ActivityLogCase.Study, 2_000));
    private int _writing;

    public long HeldItems => _queue.Reader.Count;

    public void Reset()
    {
        while (_queue.Reader.TryRead(out _))
        {
        }
    }

    public void Add(CartActivity activity)
    {
        // False after the stop.
        if (!_queue.Writer.TryWrite(activity))
            metrics.Dropped(1);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
        metrics.Dropped(HeldItems + Volatile.Read(ref _writing));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _queue.Reader.WaitToReadAsync(stoppingToken))
        {
            var batch = Take();
            await stream.AppendAsync(batch, stoppingToken);
            Volatile.Write(ref _writing, 0);
        }
    }

    private List<CartActivity> Take()
    {
        var batch = new List<CartActivity>();
        while (batch.Count < _maxBatch && _queue.Reader.TryRead(out var activity))
        {
            batch.Add(activity);
            Volatile.Write(ref _writing, batch.Count);
        }
        return batch;
    }
}
