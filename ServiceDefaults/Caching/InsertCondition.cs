namespace Shop.ServiceDefaults.Caching;

/// <summary>Preconditions for inserting an entry.</summary>
/// <param name="Writes">The key has no entry, and the shard's <see cref="CacheShard{TKey,TValue}.Writes"/> still has this value.</param>
/// <param name="Load">This load has not been superseded.</param>
internal readonly record struct InsertCondition<TKey, TValue>(long? Writes = null, CacheLoad<TKey, TValue>? Load = null)
{
    /// <summary>Whether there is no precondition: a plain Set.</summary>
    public bool IsUnconditional => Writes is null && Load is null;
}
