namespace Shop.ServiceDefaults.Forecast;

/// <summary>
/// A bounded series of points: the last ones as they came, and the whole past more and more coarsely: when it is full, it keeps every
/// second point.
/// </summary>
internal sealed class HeapSeries
{
    public const int MaxRecent = 48;
    public const int MaxPast = 96;
    private readonly List<HeapPoint> _recent = new(MaxRecent);
    private readonly List<HeapPoint> _past = new(MaxPast);
    private double _spacing;

    /// <summary>The last points.</summary>
    public IReadOnlyList<HeapPoint> Recent => _recent;

    /// <summary>All of the past, coarsely.</summary>
    public IReadOnlyList<HeapPoint> Past => _past;

    /// <summary>The number of points that were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a point; it must be later than the last.</summary>
    public void Add(HeapPoint point)
    {
        Count++;
        if (_recent.Count == MaxRecent)
            _recent.RemoveAt(0);
        _recent.Add(point);
        AddToPast(point);
    }

    private void AddToPast(HeapPoint point)
    {
        if (_past.Count > 0 && point.Seconds - _past[^1].Seconds < _spacing)
            return;
        if (_past.Count == MaxPast)
            Thin();
        _past.Add(point);
    }

    private void Thin()
    {
        for (var index = 0; index < MaxPast / 2; index++)
            _past[index] = _past[2 * index];
        _past.RemoveRange(MaxPast / 2, MaxPast / 2);
        _spacing = Math.Max(2 * _spacing, (_past[^1].Seconds - _past[0].Seconds) / (MaxPast / 2 - 1));
    }
}
