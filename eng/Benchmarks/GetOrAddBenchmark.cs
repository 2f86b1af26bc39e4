using BenchmarkDotNet.Attributes;

namespace Shop.Benchmarks;

/// <summary>
/// Get-or-add on two threads, each with its own Zipf trace over 100,000 keys. <see cref="Capacity"/> 10,000: misses and evictions as in
/// production; 200,000: only hits once the caches are warm. Each benchmark runs in a process of its own.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 4, iterationCount: 12)]
[HideColumns("Error", "StdDev", "Median", "RatioSD")]
public class GetOrAddBenchmark : IDisposable
{
    private TwoThreads _threads = null!;
    private Contender? _contender;

    /// <summary>The skew of the traces.</summary>
    [Params(0.8, 1.0)]
    public double Zipf { get; set; }

    /// <summary>The capacity, in entries.</summary>
    [Params(10_000, 200_000)]
    public int Capacity { get; set; }

    /// <summary>Creates the traces.</summary>
    [GlobalSetup]
    public void Setup() => _threads = new(Zipf);

    /// <summary>Disposes the cache.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _contender?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The Shop's BoundedCache.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = TwoThreads.Requests)]
    public void BoundedCache() => Run(Contenders.Bounded);

    /// <summary>BitFaster's FastConcurrentLru: no counts, no expiration.</summary>
    [Benchmark(OperationsPerInvoke = TwoThreads.Requests)]
    public void FastConcurrentLru() => Run(Contenders.FastLru);

    /// <summary>BitFaster's ConcurrentLru.</summary>
    [Benchmark(OperationsPerInvoke = TwoThreads.Requests)]
    public void ConcurrentLru() => Run(Contenders.Lru);

    /// <summary>BitFaster's ConcurrentLfu.</summary>
    [Benchmark(OperationsPerInvoke = TwoThreads.Requests)]
    public void ConcurrentLfu() => Run(Contenders.Lfu);

    /// <summary>MemoryCache with a SizeLimit.</summary>
    [Benchmark(OperationsPerInvoke = TwoThreads.Requests)]
    public void MemoryCache() => Run(Contenders.Memory);

    /// <summary>HybridCache over MemoryCache with a SizeLimit.</summary>
    [Benchmark(OperationsPerInvoke = TwoThreads.Requests)]
    public void HybridCache() => Run(Contenders.Hybrid);

    /// <summary>FusionCache over MemoryCache with a SizeLimit.</summary>
    [Benchmark(OperationsPerInvoke = TwoThreads.Requests)]
    public void FusionCache() => Run(Contenders.Fusion);

    private void Run(Func<int, Func<string>, Contender> create)
        => _threads.Run((_contender ??= create(Capacity, static () => "v")).GetOrAdd);
}
