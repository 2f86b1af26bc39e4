namespace Shop.ServiceDefaults.Caching;

/// <summary>
/// The total weight and number of entries of the whole cache. Weight is reserved before an entry is inserted and released after it was
/// removed, so no reader ever sees either number above the capacity.
/// </summary>
internal sealed class CacheBudget(long capacity, long maxEntryWeight)
{
    private long _weight;
    private long _count;

    public long Capacity => capacity;

    public long MaxEntryWeight => maxEntryWeight;

    public long Weight => Volatile.Read(ref _weight);

    public long Count => Volatile.Read(ref _count);

    /// <summary>Reserves weight; false if less than that is available. A negative weight is released.</summary>
    public bool TryReserve(long weight)
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

    /// <summary>Counts an entry after its weight was reserved: each weighs at least 1, so the count never exceeds the weight.</summary>
    public void IncrementCount() => Interlocked.Increment(ref _count);

    /// <summary>Removes an entry from the count, before its weight is released.</summary>
    public void DecrementCount() => Interlocked.Decrement(ref _count);
}
