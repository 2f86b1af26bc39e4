using Shop.Lab.Sizing.Policies;
using Shop.Tests.Caching;

namespace Shop.Benchmarks;

/// <summary>Hit rates on one thread: BoundedCache compared with other caches and with the published policies.</summary>
internal static class HitRates
{
    private const int Seed = 42;
    private const int Requests = 2_000_000;
    private const int WarmUp = Requests / 4;

    // After each 180,000 requests, a job reads 20,000 keys one after the other, as an export does.
    private const int ScanEvery = 200_000;
    private const int ScanLength = 20_000;

    private static readonly (string Name, Func<int, IPolicy> Create)[] Policies =
    [
        ("SIEVE", capacity => new SievePolicy(capacity)),
        ("S3-FIFO", capacity => new S3FifoPolicy(capacity)),
        ("W-TinyLFU", capacity => new WTinyLfuPolicy(capacity)),
        ("LRU", capacity => new LruPolicy(capacity)),
    ];

    public static void Print()
    {
        Console.WriteLine($"{Contenders.Keys:N0} keys, {Requests:N0} requests, the first quarter is warm-up; hit rates in percent.");
        Console.WriteLine();
        string[] names = ["trace", "capacity", .. Contenders.All.Select(cache => cache.Name), .. Policies.Select(policy => policy.Name)];
        Console.WriteLine($"| {string.Join(" | ", names)} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", names.Length))}");
        foreach (var (name, trace) in Traces())
        {
            foreach (var percent in (int[])[1, 10, 50])
            {
                var rates = Measure(trace, Contenders.Keys / 100 * percent).Select(rate => $"{rate * 100:0.00}");
                Console.WriteLine($"| {name} | {percent} % | {string.Join(" | ", rates)} |");
            }
        }
    }

    private static IEnumerable<(string Name, int[] Trace)> Traces()
    {
        var zipf = ZipfTrace.Create(Seed, 0.8, Contenders.Keys, Requests);
        yield return ("Zipf 0.8", zipf);
        yield return ("Zipf 1.0", ZipfTrace.Create(Seed, 1.0, Contenders.Keys, Requests));
        yield return ("Zipf 0.8, scans", [.. zipf.Select((key, i) => i % ScanEvery < ScanLength ? ScannedKey(i) : key)]);
        yield return ("loop", [.. Enumerable.Range(0, Requests).Select(i => i % Contenders.Keys)]);
    }

    // Each scan continues where the last one ended.
    private static int ScannedKey(int i) => (i / ScanEvery * ScanLength + i % ScanEvery) % Contenders.Keys;

    private static IEnumerable<double> Measure(int[] trace, int capacity)
    {
        foreach (var (_, create) in Contenders.All)
            yield return CacheRate(trace, capacity, create);
        foreach (var (_, create) in Policies)
            yield return Rate(trace, create(capacity).Request);
    }

    private static double CacheRate(int[] trace, int capacity, Func<int, Func<string>, Contender> create)
    {
        var isHit = true;
        using var cache = create(capacity, () =>
        {
            isHit = false;
            return "v";
        });
        return Rate(trace, key =>
        {
            isHit = true;
            cache.GetOrAdd(key);
            return isHit;
        });
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
}
