using Shop.ServiceDefaults.Cases;
using Shop.Sessions.ActivityMetrics;
using Shop.Tests.Cases;

namespace Shop.Tests.Sessions;

/// <content>The defects of Published. Its timers do not fire, so that a test decides when it sweeps.</content>
public sealed partial class ActivityMetricsTests
{
    private const int OneHour = 60 * 60;

    /// <summary>The sweep looks for the first point to keep, and takes "none" for "all".</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 40)]
    [InlineData(CaseVariant.Fixed, 0)]
    public void AnIdleSeriesIsReleased(CaseVariant variant, int held)
    {
        Switch.Select(variant);
        for (var activity = 0; activity < 40; activity++)
            Current.Record(ActivityMetric.CartChanges, Sku);
        _time.Advance(TimeSpan.FromDays(8));
        Sweep();

        Assert.Equal(held, Switch.HeldItems);
    }

    /// <summary>What the slice leaves out is neither read nor counted, but is in its array.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 1, true)]
    [InlineData(CaseVariant.Fixed, 3, false)]
    public async Task WhatIsRemovedIsReleased(CaseVariant variant, int held, bool isAlive)
    {
        Switch.Select(variant);
        var removed = await OperateAsync();
        _time.Advance(TimeSpan.FromDays(8));
        Current.Record(ActivityMetric.CartChanges, Sku);
        Sweep();

        // Fixed has two samples of the total.
        Assert.Equal(held, Switch.HeldItems);
        Memory.Collect();
        Assert.Equal(isAlive, removed.IsAlive);
    }

    /// <summary>Both find no series and add one; the second replaces the first.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 1)]
    [InlineData(CaseVariant.Fixed, 2)]
    public void ConcurrentFirstActivitiesAreBothCounted(CaseVariant variant, int counted)
    {
        Switch.Select(variant);
        _time.InterruptOnce(() =>
        {
            Current.Record(ActivityMetric.CartChanges, Sku);
            return Start;
        });
        Current.Record(ActivityMetric.CartChanges, Sku);

        Assert.Equal(counted, CartChanges(Sku));
    }

    /// <summary>The capacity is that of the name, and the other product has used it up.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 0)]
    [InlineData(CaseVariant.Fixed, 1)]
    public void ABusyProductDisplacesNoOther(CaseVariant variant, int counted)
    {
        Switch.Select(variant);
        Current.Record(ActivityMetric.CartChanges, Sku);
        for (var activity = 0; activity < Capacity; activity++)
            Current.Record(ActivityMetric.CartChanges, "BUSY");

        Assert.Equal(counted, CartChanges(Sku));
    }

    /// <summary>68,400 points are older than an hour. The first run keeps a tenth of them, each further run a tenth of the rest.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 6_840, 684)]
    [InlineData(CaseVariant.Fixed, 68_400, 68_400)]
    public void DownsamplingKeepsTheCountsHoweverOftenItRuns(CaseVariant variant, int once, int twice)
    {
        _capacity = 100_000;
        Switch.Select(variant);
        for (var second = 0; second < 20 * OneHour; second++, _time.Advance(TimeSpan.FromSeconds(1)))
            Current.Record(ActivityMetric.PageViews, sku: null);
        var anHourAgo = _time.GetUtcNow().AddHours(-1);

        Downsample();
        Assert.Equal(once, PageViews(Start, anHourAgo));
        Downsample();
        Assert.Equal(twice, PageViews(Start, anHourAgo));
    }

    /// <summary>A point that is added while the others are selected is not in the selection, which replaces all.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 0)]
    [InlineData(CaseVariant.Fixed, 1)]
    public void AnActivityDuringDownsamplingIsCounted(CaseVariant variant, int counted)
    {
        _capacity = 100_000;
        Switch.Select(variant);
        for (var activity = 0; activity < 1_000; activity++)
            Current.Record(ActivityMetric.CartChanges, "OTHER");
        _time.InterruptOnce(() =>
        {
            Current.Record(ActivityMetric.CartChanges, Sku);
            return Start;
        });
        Downsample();
        // Fixed has not read the time, so the interruption runs here.
        _time.GetUtcNow();

        Assert.Equal(counted, CartChanges(Sku));
    }

    /// <summary>A series for each name that is used.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 3 * Capacity)]
    [InlineData(CaseVariant.Fixed, Capacity - 2)]
    public void TheNumberOfSeriesIsLimited(CaseVariant variant, int held)
    {
        Switch.Select(variant);
        for (var metric = 0; metric < 3 * Capacity; metric++)
            Current.Record($"metric-{metric}", sku: null);

        Assert.Equal(held, Switch.HeldItems);
    }

    /// <summary>The limits are those of production.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 10_000)]
    [InlineData(CaseVariant.Fixed, SecondsPerDay)]
    public void ADayHasAllItsActivities(CaseVariant variant, int counted)
    {
        _capacity = null;
        Switch.Select(variant);
        for (var second = 0; second < SecondsPerDay; second++, _time.Advance(TimeSpan.FromSeconds(1)))
            Current.Record(ActivityMetric.PageViews, sku: null);

        Assert.Equal(counted, PageViews(Start, _time.GetUtcNow()));
    }

    private void Sweep()
    {
        (Current as PublishedActivityMetrics)?.Sweep();
        (Current as FixedActivityMetrics)?.Sweep();
    }

    // Fixed downsamples what leaves a ring, each sample once.
    private void Downsample() => (Current as PublishedActivityMetrics)?.Downsample();

    /// <summary>A time whose timers do not fire.</summary>
    private sealed class TimeWithoutTimers : InterruptibleTime
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
