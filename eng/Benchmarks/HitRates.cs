using Microsoft.Extensions.Caching.Memory;
using Shop.ServiceDefaults.Caching;
using Shop.Tests.Caching.Policies;

namespace Shop.Benchmarks;

/// <summary>Hit rates over one Zipf trace, on one thread: BoundedCache compared with the published policies and MemoryCache.</summary>
internal static class HitRates
{
    private const int Seed = 42;
    private const int Keys = 100_000;
    private const int Requests = 2_000_000;
    private const int WarmUp = Requests / 4;

    public static void Print()
    {
        Console.WriteLine($"{Keys:N0} keys, {Requests:N0} requests, the first quarter is warm-up; hit rates in percent.");
        Console.WriteLine();
        Console.WriteLine("| Zipf | capacity | BoundedCache | SIEVE | S3-FIFO | W-TinyLFU | LRU | MemoryCache |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var skew in (double[])[0.8, 1.0])
        {
            var trace = ZipfTrace.Create(Seed, skew, Keys, Requests);
            foreach (var capacity in (int[])[1_000, 10_000, 25_000])
            {
                var rates = Measure(trace, capacity).Select(rate => $"{rate * 100:0.00}");
                Console.WriteLine($"| {skew:0.0} | {capacity:N0} | {string.Join(" | ", rates)} |");
            }
        }
    }

    private static IEnumerable<double> Measure(int[] trace, int capacity)
    {
        var bounded = new BoundedCache<int, object>(new() { Capacity = capacity });
        yield return Rate(trace, key => Request(bounded, key));
        IPolicy[] policies = [new SievePolicy(capacity), new S3FifoPolicy(capacity), new WTinyLfuPolicy(capacity), new LruPolicy(capacity)];
        foreach (var policy in policies)
            yield return Rate(trace, policy.Request);
        using var memory = new MemoryCache(new MemoryCacheOptions { SizeLimit = capacity });
        yield return Rate(trace, key => Request(memory, key));
    }

    private static double Rate(int[] trace, Func<int, bool> request)
    {
        var hits = 0;
        for (var i = 0; i < trace.Length; i++)
        {
            if (request(trace[i]) && i >= WarmUp)
                hits++;
        }
        return (double)hits / (trace.Length - WarmUp);
    }

    private static bool Request(BoundedCache<int, object> cache, int key)
    {
        if (cache.TryGet(key, out _))
            return true;
        cache.Set(key, cache);
        return false;
    }

    private static bool Request(MemoryCache cache, int key)
    {
        if (cache.TryGetValue(key, out _))
            return true;
        cache.Set(key, cache, new MemoryCacheEntryOptions { Size = 1 });
        return false;
    }
}
