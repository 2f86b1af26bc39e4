namespace Shop.ServiceDefaults.Caching;

/// <summary>Hashes and compares keys.</summary>
internal readonly struct KeyComparer<TKey>(IEqualityComparer<TKey>? given) where TKey : notnull
{
    // Null for value types without a custom comparer: the JIT then devirtualizes and inlines EqualityComparer<TKey>.Default.
    private readonly IEqualityComparer<TKey>? _comparer = typeof(TKey).IsValueType ? given : given ?? EqualityComparer<TKey>.Default;

    /// <summary>
    /// A hash with well-mixed bits at both ends: the highest select the shard, the lowest the bucket in its table. Integers hash to
    /// themselves, hence the multiplication.
    /// </summary>
    public uint Hash(TKey key)
    {
        // Unoptimized code would box a value to compare it with null.
        if (!typeof(TKey).IsValueType)
            ArgumentNullException.ThrowIfNull(key);
        var hash = _comparer is null ? key.GetHashCode() : _comparer.GetHashCode(key);
        return (uint)((uint)hash * 0x9E3779B97F4A7C15UL >> 32);
    }

    public bool Equals(TKey one, TKey other)
        => _comparer is null ? EqualityComparer<TKey>.Default.Equals(one, other) : _comparer.Equals(one, other);
}
