namespace Shop.ServiceDefaults.Caching;

/// <summary>Why an entry left a <see cref="BoundedCache{TKey,TValue}"/>.</summary>
public enum EvictionReason
{
    /// <summary>It made room for another.</summary>
    Capacity,
    /// <summary>Its time was over.</summary>
    Expired,
    /// <summary>Its key got another value.</summary>
    Replaced,
    /// <summary>It was removed, or the cache was cleared.</summary>
    Removed,
    /// <summary>It is larger than the cache takes and never came in.</summary>
    Refused,
}
