namespace LocalAspire.Orchestration;

/// <summary>Tells watchers what changes, in order. Each gets what is known when it begins, then every change, until it leaves or the end.</summary>
internal sealed class Broadcast<T>(CancellationToken end = default)
{
    private const int LargestBatch = 50;
    private readonly Lock _lock = new();
    private readonly List<ChannelWriter<T>> _watchers = [];

    /// <summary>Makes a change and tells it in one step, so that two changes neither lose one another nor come in another order.</summary>
    public void Tell(Func<T> change)
    {
        lock (_lock)
        {
            var told = change();
            _watchers.ForEach(watcher => watcher.TryWrite(told));
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<T>> WatchAsync(Func<IEnumerable<T>> known, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Unbounded: a watcher that lags must not hold up the others, and changes are few.
        var channel = Channel.CreateUnbounded<T>();
        lock (_lock)
        {
            foreach (var item in known())
                channel.Writer.TryWrite(item);
            _watchers.Add(channel.Writer);
        }
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, end);
        try
        {
            while (await channel.Reader.WaitToReadAsync(either.Token))
            {
                List<T> batch = [];
                while (batch.Count < LargestBatch && channel.Reader.TryRead(out var item))
                    batch.Add(item);
                yield return batch;
            }
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel.Writer);
        }
    }
}
