namespace Shop.Lab.Load;

/// <summary>
/// The points of the last ten minutes, of all loads of the session: at most <see cref="Capacity"/>, however long it runs.
/// </summary>
internal sealed class LoadHistory(TimeProvider time)
{
    /// <summary>The time that is kept.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    /// <summary>One point a second.</summary>
    public const int Capacity = 600;

    private readonly Lock _lock = new();
    private readonly Queue<LoadPoint> _points = new(Capacity);

    public void Add(LoadPoint point)
    {
        lock (_lock)
        {
            if (_points.Count == Capacity)
                _points.Dequeue();
            _points.Enqueue(point);
        }
    }

    /// <summary>The points of the last ten minutes, the oldest first.</summary>
    public LoadPoint[] Read()
    {
        var start = time.GetLocalNow().DateTime - Length;
        lock (_lock)
            return [.. _points.Where(point => point.Time >= start)];
    }
}
