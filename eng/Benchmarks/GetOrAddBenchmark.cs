using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;
using Shop.ServiceDefaults.Caching;
using Shop.Tests.Caching.Policies;

namespace Shop.Benchmarks;

/// <summary>
/// Get-or-add on two threads, each with its own Zipf trace over 100,000 keys. <see cref="Capacity"/> 10,000: misses and evictions as in
/// production; 200,000: only hits once the caches are warm. MemoryCache without a SizeLimit keeps all keys, so it only hits at both
/// capacities.
/// </summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 4, iterationCount: 12)]
[HideColumns("Error", "StdDev", "Median", "RatioSD")]
public class GetOrAddBenchmark : IDisposable
{
    private const int Threads = 2;
    private const int Keys = 100_000;
    private const int RequestsPerThread = 1_000_000;
    private static readonly object Value = new();

    private readonly int[][] _traces = new int[Threads][];
    private MemoryCache _limited = null!;
    private MemoryCache _unlimited = null!;
    private BoundedCache<int, object> _bounded = null!;

    /// <summary>The skew of the traces.</summary>
    [Params(0.8, 1.0)]
    public double Zipf { get; set; }

    /// <summary>The capacity of the bounded caches, in entries.</summary>
    [Params(10_000, 200_000)]
    public int Capacity { get; set; }

    /// <summary>Creates the traces and empty caches.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var trace = ZipfTrace.Create(1, Zipf, Keys, RequestsPerThread * Threads);
        for (var thread = 0; thread < Threads; thread++)
            _traces[thread] = trace[(thread * RequestsPerThread)..((thread + 1) * RequestsPerThread)];
        _limited = new(new MemoryCacheOptions { SizeLimit = Capacity });
        _unlimited = new(new MemoryCacheOptions());
        _bounded = new(new() { Capacity = Capacity });
    }

    /// <summary>Disposes the caches.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _limited.Dispose();
        _unlimited.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>MemoryCache with a SizeLimit.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Threads * RequestsPerThread)]
    public void MemoryCacheSizeLimit() => OnAllThreads(key => _limited.GetOrCreate(key, static entry =>
    {
        entry.Size = 1;
        return Value;
    }));

    /// <summary>MemoryCache without a SizeLimit.</summary>
    [Benchmark(OperationsPerInvoke = Threads * RequestsPerThread)]
    public void MemoryCacheUnlimited() => OnAllThreads(key => _unlimited.GetOrCreate(key, static _ => Value));

    /// <summary>The Shop's BoundedCache.</summary>
    [Benchmark(OperationsPerInvoke = Threads * RequestsPerThread)]
    public void BoundedCache() => OnAllThreads(key => _bounded.GetOrAdd(key, static _ => Value));

    private void OnAllThreads(Action<int> request)
    {
        var other = new Thread(() => Run(_traces[1], request));
        other.Start();
        Run(_traces[0], request);
        other.Join();
    }

    private static void Run(int[] trace, Action<int> request)
    {
        foreach (var key in trace)
            request(key);
    }
}
