using Shop.Lab.Load;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.Tests.Lab;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.95, 950)]
    [InlineData(0.99, 990)]
    public void APercentileIsWithinTwoPercent(double share, double milliseconds)
    {
        var histogram = new LatencyHistogram();
        for (var value = 1; value <= 1_000; value++)
            histogram.Record(TimeSpan.FromMilliseconds(value));

        Assert.InRange(histogram.Read().Percentile(share)!.Value.TotalMilliseconds, milliseconds * 0.98, milliseconds * 1.02);
    }

    [Fact]
    public void RecordingAllocatesNothing()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromSeconds(1));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var value = 0; value < 10_000; value++)
            histogram.Record(TimeSpan.FromMicroseconds(value));

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(10_001, histogram.Read().Count);
    }

    [Fact]
    public void AnEmptyHistogramHasNoPercentile() => Assert.Null(new LatencyHistogram().Read().Percentile(0.5));
}
