namespace Shop.Sessions.ActivityMetrics;

/// <summary>
/// The newest samples of one resolution, one for each slot with an activity: at least <paramref name="samples"/> of them and at most
/// a chunk more. The oldest chunk goes to the next coarser ring, which takes the last sample of each of its slots.
/// </summary>
/// <param name="secondsPerSlot">The resolution, in seconds.</param>
/// <param name="samples">The number of samples; a multiple of a chunk's.</param>
/// <param name="coarser">The next ring; null of the coarsest.</param>
internal sealed class SampleRing(int secondsPerSlot, int samples, SampleRing? coarser)
{
    private readonly Queue<SampleChunk> _full = [];
    private SampleChunk _filling = new();
    // Not in a chunk yet: a later activity in the same slot changes it.
    private ActivitySample? _newest;

    /// <summary>The number of samples.</summary>
    public int Count => (_full.Count * SampleChunk.Capacity) + _filling.Count + (_newest is null ? 0 : 1);

    /// <summary>The bytes that are allocated for the samples in chunks.</summary>
    public long Bytes => _full.Sum(chunk => chunk.Bytes) + _filling.Bytes;

    /// <summary>The total of the last sample that left the coarsest ring; 0 if none did.</summary>
    public double EvictedTotal { get; private set; }

    /// <summary>Sets the total at a time. If the clock was set back, it changes the newest sample until the clock has caught up.</summary>
    public void Set(long second, double total)
    {
        var slot = second / secondsPerSlot;
        if (_newest is { } newest)
        {
            if (slot > newest.Slot)
                Append(newest);
            slot = Math.Max(slot, newest.Slot);
        }
        _newest = new ActivitySample(slot, total);
    }

    /// <summary>The samples, oldest first, as chunks that do not change.</summary>
    public IEnumerable<(int SecondsPerSlot, SampleChunk Chunk)> Snapshot()
    {
        var last = _filling.Copy();
        if (_newest is { } newest)
            last.Add(newest);
        return [.. _full.Append(last).Select(chunk => (secondsPerSlot, chunk))];
    }

    private void Append(ActivitySample sample)
    {
        _filling.Add(sample);
        if (_filling.Count < SampleChunk.Capacity)
            return;
        _full.Enqueue(_filling);
        _filling = new SampleChunk();
        if (_full.Count * SampleChunk.Capacity > samples)
            Evict(_full.Dequeue());
    }

    private void Evict(SampleChunk oldest)
    {
        foreach (var sample in oldest.Read())
        {
            if (coarser is null)
                EvictedTotal = sample.Total;
            else
                coarser.Set(sample.Slot * secondsPerSlot, sample.Total);
        }
    }
}
