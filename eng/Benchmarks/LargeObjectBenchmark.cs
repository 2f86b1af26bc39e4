using BenchmarkDotNet.Attributes;

namespace Shop.Benchmarks;

/// <summary>An array that is just not large, and one with a byte more, which is allocated on the large object heap.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 4, iterationCount: 12)]
[HideColumns("Error", "StdDev", "Median")]
public class LargeObjectBenchmark
{
    /// <summary>The length of the array; its header adds 24 bytes.</summary>
    [Params(84_975, 84_976)]
    public int Length { get; set; }

    /// <summary>Allocates an array, which is garbage at once.</summary>
    [Benchmark]
    public byte[] Allocate() => new byte[Length];
}
