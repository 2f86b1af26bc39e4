using Shop.ServiceDefaults.Caching;

namespace Shop.ServiceDefaults.Cases;

/// <summary>A cache of a service.</summary>
/// <param name="Name">Its name, as in its metrics.</param>
/// <param name="Entries">The number of its entries.</param>
/// <param name="Capacity">The maximum of its entries or, if <paramref name="Bytes"/> is not null, of its bytes.</param>
/// <param name="Bytes">The bytes of its entries; null if it is bounded by their number.</param>
/// <param name="Recorded">The number of requests in its trace; null if it has none.</param>
/// <param name="IsFull">Whether its trace records no more.</param>
internal sealed record CacheView(string Name, long Entries, long Capacity, long? Bytes, int? Recorded, bool IsFull)
{
    /// <summary>The cache's state now.</summary>
    public static CacheView Of(string name, ICacheStatistics cache)
        => new(name, cache.Count, cache.Capacity, cache.Bytes, cache.Trace?.Count, cache.Trace?.IsFull ?? false);
}
