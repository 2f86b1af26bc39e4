namespace Shop.ServiceDefaults.Caching;

/// <summary>Computes and checks the entries' deadlines. The clock is read only if an entry can expire.</summary>
internal sealed class CacheClock(TimeProvider time, TimeSpan? sliding, TimeSpan? absolute)
{
    /// <summary>The deadline of an entry that does not expire.</summary>
    public const long Never = long.MaxValue;

    private readonly long _sliding = Ticks(time, sliding);
    private readonly long _absolute = Ticks(time, absolute);
    private volatile bool _expires = sliding is not null || absolute is not null;

    /// <summary>Whether an entry can expire.</summary>
    public bool Expires => _expires;

    /// <summary>The current timestamp; 0, which is before every deadline, as long as no entry can expire.</summary>
    public long Now => _expires ? time.GetTimestamp() : 0;

    /// <summary>Sets a new entry's deadlines; a lifetime of its own can only bring them forward.</summary>
    public void Start<TKey, TValue>(CacheEntry<TKey, TValue> entry, TimeSpan? lifetime)
    {
        if (lifetime is not null)
            _expires = true;
        if (!_expires)
            return;
        var now = time.GetTimestamp();
        entry.LastDeadline = Math.Min(After(now, _absolute), After(now, Ticks(time, lifetime)));
        entry.Deadline = Math.Min(After(now, _sliding), entry.LastDeadline);
    }

    /// <summary>Renews an entry's sliding deadline; false if the entry has expired.</summary>
    public bool TryUse<TKey, TValue>(CacheEntry<TKey, TValue> entry) => entry.Deadline == Never || TryUse(entry, time.GetTimestamp());

    private bool TryUse<TKey, TValue>(CacheEntry<TKey, TValue> entry, long now)
    {
        if (now >= entry.Deadline)
            return false;
        if (_sliding != Never)
            entry.Deadline = Math.Min(After(now, _sliding), entry.LastDeadline);
        return true;
    }

    private static long After(long now, long ticks) => ticks >= Never - now ? Never : now + ticks;

    private static long Ticks(TimeProvider time, TimeSpan? span)
    {
        if (span is null)
            return Never;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(span.Value, TimeSpan.Zero, nameof(span));
        return Math.Max(1, (long)(span.Value.TotalSeconds * time.TimestampFrequency));
    }
}
