namespace Shop.ServiceDefaults.Caching;

/// <summary>What must still be so when an entry comes in.</summary>
/// <param name="Writes">Nobody has set or removed anything in the shard since it had so many writes, and the key has no entry.</param>
/// <param name="Load">This load still speaks for its key.</param>
internal readonly record struct CacheClaim<TKey, TValue>(long? Writes = null, CacheLoad<TKey, TValue>? Load = null)
{
    /// <summary>Whether nothing must be so: a plain Set.</summary>
    public bool IsAbsolute => Writes is null && Load is null;
}

/// <summary>What became of an entry.</summary>
internal enum Placement
{
    /// <summary>It is in the cache.</summary>
    Placed,
    /// <summary>It is larger than the cache.</summary>
    Refused,
    /// <summary>Its claim no longer held.</summary>
    Overtaken,
    /// <summary>Other shards have to make room first.</summary>
    NeedsRoom,
}
