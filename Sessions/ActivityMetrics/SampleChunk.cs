namespace Shop.Sessions.ActivityMetrics;

/// <summary>Up to 360 samples, 16 bytes each. A full chunk does not change any more.</summary>
internal sealed class SampleChunk
{
    /// <summary>The number of samples of a full chunk.</summary>
    public const int Capacity = 360;

    private const int Step = 8;
    private ActivitySample[] _samples = [];

    /// <summary>The number of samples.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes that are allocated for the samples.</summary>
    public long Bytes => _samples.Length * 16;

    /// <summary>Appends a sample.</summary>
    public void Add(ActivitySample sample)
    {
        if (Count == _samples.Length)
            Array.Resize(ref _samples, Math.Min(Capacity, Count + Step));
        _samples[Count++] = sample;
    }

    /// <summary>The samples, in the order in which they were added.</summary>
    public IEnumerable<ActivitySample> Read() => _samples.Take(Count);

    /// <summary>A copy, which may be read while the original changes.</summary>
    public SampleChunk Copy() => new() { _samples = [.. _samples], Count = Count };
}
