namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// The whole cache's weight and number of entries. Weight is taken before an entry comes in and given back after it left, so that
/// neither number is ever above the capacity, whoever reads it and when.
/// </summary>
internal sealed class CacheBudget(long capacity)
{
    private long _weight;
    private long _count;

    public long Capacity => capacity;

    public long Weight => Volatile.Read(ref _weight);

    public long Count => Volatile.Read(ref _count);

    /// <summary>Takes weight if so much is left; a negative weight is given back.</summary>
    public bool TryTake(long weight)
    {
        if (weight <= 0)
        {
            if (weight < 0)
                Interlocked.Add(ref _weight, weight);
            return true;
        }
        var seen = Volatile.Read(ref _weight);
        while (weight <= capacity - seen)
        {
            var before = seen;
            seen = Interlocked.CompareExchange(ref _weight, before + weight, before);
            if (seen == before)
                return true;
        }
        return false;
    }

    /// <summary>Counts an entry in, after its weight was taken: as each weighs at least 1, they are never more than the weight.</summary>
    public void CountIn() => Interlocked.Increment(ref _count);

    /// <summary>Counts an entry out, before its weight is given back.</summary>
    public void CountOut() => Interlocked.Decrement(ref _count);
}
