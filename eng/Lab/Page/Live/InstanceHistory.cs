using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Page.Live;

/// <summary>The last ten minutes of an instance.</summary>
/// <param name="name">Its name.</param>
public sealed class InstanceHistory(string name)
{
    /// <summary>The number of points that are kept: one a second.</summary>
    public const int MaxPoints = 600;
    private const int MaxMarks = 50;
    private readonly Lock _lock = new();
    private readonly Queue<LivePoint> _points = [];
    private readonly Queue<LiveMark> _marks = [];
    private LiveSample? _last;

    /// <summary>The name that the orchestrator gave it.</summary>
    public string Name => name;

    /// <summary>Whether samples arrive.</summary>
    public bool IsConnected { get; set; }

    /// <summary>The last sample.</summary>
    public LiveSample? Last
    {
        get
        {
            lock (_lock)
                return _last;
        }
    }

    /// <summary>Whether it hides its cases, because a drill is on.</summary>
    public bool IsInDrill => Last is { } last && LiveMark.IsDrill(last);

    /// <summary>The points, the oldest first.</summary>
    public IReadOnlyList<LivePoint> Points
    {
        get
        {
            lock (_lock)
                return [.. _points];
        }
    }

    /// <summary>What happened while the points were recorded.</summary>
    public IReadOnlyList<LiveMark> Marks
    {
        get
        {
            lock (_lock)
                return [.. _marks.Where(mark => _points.Count > 0 && mark.Time >= _points.Peek().Sample.Time)];
        }
    }

    /// <summary>Adds a sample and forgets the oldest one.</summary>
    public void Add(LiveSample sample)
    {
        lock (_lock)
        {
            foreach (var mark in _last is null ? [] : LiveMark.Between(_last, sample))
                Append(_marks, mark, MaxMarks);
            Append(_points, LivePoint.Of(sample, _last?.Started == sample.Started ? _last : null), MaxPoints);
            _last = sample;
        }
    }

    private static void Append<T>(Queue<T> queue, T item, int max)
    {
        queue.Enqueue(item);
        if (queue.Count > max)
            queue.Dequeue();
    }
}
