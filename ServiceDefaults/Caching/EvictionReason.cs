namespace Shop.ServiceDefaults.Caching;

/// <summary>Why an entry left a <see cref="BoundedCache{TKey,TValue}"/>.</summary>
public enum EvictionReason
{
    /// <summary>It was evicted to make room for another entry.</summary>
    Capacity,
    /// <summary>It expired.</summary>
    Expired,
    /// <summary>Its key was set to another value.</summary>
    Replaced,
    /// <summary>It was removed, or the cache was cleared.</summary>
    Removed,
    /// <summary>Its weight exceeds the maximum weight of one entry; it was never inserted.</summary>
    Refused,
}
