namespace Shop.Payments.PaymentGateway;

/// <summary>Counts the connections that were closed within the last minute: for so long Linux keeps their sockets in TIME_WAIT.</summary>
internal sealed class ClosedConnections(TimeProvider time)
{
    private static readonly TimeSpan TimeWait = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly Queue<long> _closed = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                RemoveExpired();
                return _closed.Count;
            }
        }
    }

    public void Add()
    {
        lock (_lock)
        {
            RemoveExpired();
            _closed.Enqueue(time.GetTimestamp());
        }
    }

    public void Clear()
    {
        lock (_lock)
            _closed.Clear();
    }

    private void RemoveExpired()
    {
        while (_closed.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= TimeWait)
            _closed.Dequeue();
    }
}
