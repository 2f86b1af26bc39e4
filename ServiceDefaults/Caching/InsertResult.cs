namespace Shop.ServiceDefaults.Caching;

/// <summary>The result of inserting an entry.</summary>
internal enum InsertResult
{
    /// <summary>The entry is in the cache.</summary>
    Inserted,
    /// <summary>The entry's weight exceeds the maximum weight of one entry.</summary>
    Refused,
    /// <summary>The entry's <see cref="InsertCondition{TKey,TValue}"/> no longer held.</summary>
    Superseded,
    /// <summary>Other shards have to evict entries first.</summary>
    NeedsCapacity,
}
