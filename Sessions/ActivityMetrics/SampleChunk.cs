namespace Shop.Sessions.ActivityMetrics;

/// <summary>Up to 360 samples, compressed as they are added. A full chunk does not change any more.</summary>
internal sealed class SampleChunk
{
    /// <summary>The number of samples of a full chunk.</summary>
    public const int Capacity = 360;

    private BitWriter _bits = new();
    private SlotCode _slots;
    private TotalCode _totals;

    /// <summary>The number of samples.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes that are allocated for the samples.</summary>
    public long Bytes => _bits.Bytes;

    /// <summary>Appends a sample.</summary>
    public void Add(ActivitySample sample)
    {
        _slots.Write(_bits, sample.Slot);
        _totals.Write(_bits, sample.Total);
        if (++Count == Capacity)
            _bits.Trim();
    }

    /// <summary>The samples, in the order in which they were added, each bit as it was.</summary>
    public IEnumerable<ActivitySample> Read()
    {
        var bits = _bits.Read();
        var (slots, totals) = (default(SlotCode), default(TotalCode));
        for (var index = 0; index < Count; index++)
            yield return new ActivitySample(slots.Read(bits), totals.Read(bits));
    }

    /// <summary>A copy, which may be read while the original changes.</summary>
    public SampleChunk Copy() => new() { _bits = _bits.Copy(), _slots = _slots, _totals = _totals, Count = Count };
}
