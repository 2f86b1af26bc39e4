using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Configuration;
using Shop.Sessions.ActivityMetrics;

namespace Shop.Benchmarks;

/// <summary>A query over a week with an activity each second.</summary>
[MemoryDiagnoser]
[SimpleJob(launchCount: 1, warmupCount: 4, iterationCount: 12)]
[HideColumns("Error", "StdDev", "Median")]
public class ActivityQueryBenchmark : IDisposable
{
    private const int Seconds = 8 * 24 * 60 * 60;
    private readonly SetTime _time = new();
    private LeakyActivityMetrics _leaky = null!;
    private FixedActivityMetrics? _fixed;

    /// <summary>Records eight days.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _leaky = new LeakyActivityMetrics(_time);
        _fixed = new FixedActivityMetrics(new ConfigurationBuilder().Build(), _time);
        for (var second = 0; second < Seconds; second++, _time.Now += TimeSpan.FromSeconds(1))
        {
            _leaky.Record(ActivityMetric.PageViews, null);
            _fixed.Record(ActivityMetric.PageViews, null);
        }
    }

    /// <summary>Stops the sweep.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _fixed?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads a point for each activity.</summary>
    [Benchmark(Baseline = true)]
    public int Points() => Read(_leaky);

    /// <summary>Reads compressed samples of three resolutions.</summary>
    [Benchmark]
    public int Samples() => Read(_fixed!);

    private int Read(IActivityMetrics metrics)
        => metrics.Read(ActivityMetric.PageViews, null, _time.Now - ActivityMetric.Retention, _time.Now).Points.Count;

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
