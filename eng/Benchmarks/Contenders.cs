using System.Globalization;
using BitFaster.Caching;
using BitFaster.Caching.Lfu;
using BitFaster.Caching.Lru;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Caching;
using ZiggyCreatures.Caching.Fusion;

namespace Shop.Benchmarks;

/// <summary>
/// The caches, each with its defaults and a capacity in entries. The values are strings of one byte, which HybridCache takes for immutable
/// and does not copy. HybridCache and FusionCache have no bound of their own: MemoryCache's SizeLimit bounds them. Their keys are strings,
/// created beforehand.
/// </summary>
internal static class Contenders
{
    /// <summary>The number of keys that are requested.</summary>
    public const int Keys = 100_000;

    private static readonly string[] Names = [.. Enumerable.Range(0, Keys).Select(key => key.ToString(CultureInfo.InvariantCulture))];

    public static IReadOnlyList<(string Name, Func<int, Func<string>, Contender> Create)> All { get; } =
    [
        ("BoundedCache", Bounded),
        ("FastConcurrentLru", FastLru),
        ("ConcurrentLru", Lru),
        ("ConcurrentLfu", Lfu),
        ("MemoryCache", Memory),
        ("HybridCache", Hybrid),
        ("FusionCache", Fusion),
    ];

    public static Contender Bounded(int capacity, Func<string> load)
    {
        var cache = new BoundedCache<int, string>(new() { Capacity = capacity });
        Func<int, string> create = _ => load();
        return new(key => cache.GetOrAdd(key, create));
    }

    public static Contender FastLru(int capacity, Func<string> load) => BitFaster(new FastConcurrentLru<int, string>(capacity), load);

    public static Contender Lru(int capacity, Func<string> load) => BitFaster(new ConcurrentLru<int, string>(capacity), load);

    public static Contender Lfu(int capacity, Func<string> load) => BitFaster(new ConcurrentLfu<int, string>(capacity), load);

    private static Contender BitFaster<T>(T cache, Func<string> load) where T : ICache<int, string>
    {
        Func<int, string> create = _ => load();
        return new(key => cache.GetOrAdd(key, create));
    }

    public static Contender Memory(int capacity, Func<string> load)
    {
        var cache = new MemoryCache(new MemoryCacheOptions { SizeLimit = capacity });
        Func<ICacheEntry, string> create = entry =>
        {
            entry.Size = 1;
            return load();
        };
        return new(key => cache.GetOrCreate(key, create), cache);
    }

    public static Contender Hybrid(int capacity, Func<string> load)
    {
        var services = new ServiceCollection();
        services.AddMemoryCache(options => options.SizeLimit = capacity);
        services.AddHybridCache();
        var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<HybridCache>();
        Func<CancellationToken, ValueTask<string>> create = _ => new(load());
        return new(key => Complete(cache.GetOrCreateAsync(Names[key], create)), provider);
    }

    // HybridCache has no synchronous get-or-add; a hit completes synchronously.
    private static void Complete(ValueTask<string> request)
    {
        if (!request.IsCompletedSuccessfully)
            request.AsTask().GetAwaiter().GetResult();
    }

    public static Contender Fusion(int capacity, Func<string> load)
    {
        var services = new ServiceCollection();
        services.AddMemoryCache(options => options.SizeLimit = capacity);
        services.AddFusionCache().WithRegisteredMemoryCache();
        var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<IFusionCache>();
        var options = new FusionCacheEntryOptions { Size = 1 };
        Func<CancellationToken, string> create = _ => load();
        return new(key => cache.GetOrSet<string>(Names[key], create, options), provider);
    }
}
