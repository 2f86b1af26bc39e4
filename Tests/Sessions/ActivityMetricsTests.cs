using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions.ActivityMetrics;
using Shop.Tests.Cases;

namespace Shop.Tests.Sessions;

/// <summary>What the variants count, what they hold, and the defects of Published.</summary>
public sealed partial class ActivityMetricsTests : RetainedContract
{
    private const string Sku = "SKU-0001";
    private const int Capacity = 50;
    private const int SecondsPerDay = 24 * 60 * 60;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 23, 58, 0, TimeSpan.Zero);
    private readonly TimeWithoutTimers _time = new();
    private int? _capacity = Capacity;
    private int _skus;

    public ActivityMetricsTests() => _time.SetUtcNow(Start);

    private protected override IActivityMetrics Current => Services.GetRequiredService<CaseSwitch<IActivityMetrics>>().Current;

    /// <summary>Every series has one sample, but the total of the page views has none.</summary>
    private protected override long Bound => Capacity - 1;

    [Theory, Variants]
    public void AdjacentWindowsAddUp(CaseVariant variant)
    {
        Switch.Select(variant);
        for (var minute = 0; minute < 4; minute++, _time.Advance(TimeSpan.FromMinutes(1)))
            Current.Record(ActivityMetric.PageViews, sku: null);

        var end = Start.AddMinutes(4);
        for (var border = Start; border <= end; border = border.AddSeconds(15))
            Assert.Equal((border, 4), (border, PageViews(Start, border) + PageViews(border, end)));
    }

    [Theory, Variants]
    public void AProductsCartChangesAreCountedByProductAndInTotal(CaseVariant variant)
    {
        Switch.Select(variant);
        foreach (var sku in new[] { Sku, "SKU-0002", Sku })
            Current.Record(ActivityMetric.CartChanges, sku);
        Current.Record(ActivityMetric.PageViews, sku: null);

        Assert.Equal(
            (2, 1, 0, 3), (CartChanges(Sku), CartChanges("SKU-0002"), CartChanges("SKU-0003"), CartChanges(sku: null)));
    }

    /// <summary>Random activities of nine days: each second of the last hour, then ten seconds, then a hundred.</summary>
    [Fact]
    public void FixedCountsEveryActivityOfAWeekAtItsResolution()
    {
        var random = new Random(1);
        var counted = new Dictionary<long, long>();
        for (var second = 0; second < 9 * SecondsPerDay; second++, _time.Advance(TimeSpan.FromSeconds(1)))
        {
            for (var activities = random.Next(3); activities > 0; activities--)
            {
                Current.Record(ActivityMetric.PageViews, sku: null);
                counted[Start.ToUnixTimeSeconds() + second] = counted.GetValueOrDefault(Start.ToUnixTimeSeconds() + second) + 1;
            }
        }
        var now = _time.GetUtcNow();

        // Ten seconds lie in one minute, so the counts of the last day are exact.
        var lastDay = counted.Where(second => second.Key >= now.AddDays(-1).ToUnixTimeSeconds());
        Assert.Equal(
            lastDay.GroupBy(second => second.Key / 60, second => second.Value)
                .Select(minute => new ActivityPoint(DateTimeOffset.FromUnixTimeSeconds(minute.Key * 60), minute.Sum())),
            Current.Read(ActivityMetric.PageViews, null, now.AddDays(-1), now).Points);
        var weekAgo = now.AddDays(-7);
        var week = PageViews(weekAgo, now);
        for (var border = weekAgo.AddSeconds(115); border < now; border = border.AddHours(1))
        {
            var (before, after) = (PageViews(weekAgo, border), PageViews(border, now));
            Assert.Equal(week, before + after);
            // A hundred seconds are counted in the minute in which they start.
            var exact = counted.Where(second => second.Key >= border.ToUnixTimeSeconds()).Sum(second => second.Value);
            Assert.InRange(after, exact - 200, exact + 200);
        }
        Assert.InRange(Switch.HeldItems, 3_600 + 8_640 + 6_048, SampledSeries.MaxSamples);
    }

    /// <summary>A query reads and allocates as much after two weeks as after one.</summary>
    [Fact]
    public void AWeeksQueryDoesNotGrowWithTheActivities()
    {
        const int maxBytes = 2 * 1024 * 1024;
        var series = new SampledSeries();
        for (var second = 1; second <= 16 * SecondsPerDay; second++)
        {
            series.Add(Start.ToUnixTimeSeconds() + second);
            if (second % (8 * SecondsPerDay) == 0)
                AssertBounded();
        }

        void AssertBounded()
        {
            var snapshot = series.Snapshot();
            var all = new MinuteCounts(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
            Assert.InRange(snapshot.Chunks.Sum(chunk => chunk.Chunk.Count), 18_000, SampledSeries.MaxSamples);
            Assert.InRange(Allocated(() => snapshot.AddTo(all)), 1, maxBytes);
        }
    }

    [Fact]
    public void AClockThatIsSetBackLosesNoActivity()
    {
        foreach (var seconds in new[] { 0, -3_600, 1 })
        {
            _time.AdjustTime(Start.AddSeconds(seconds));
            Current.Record(ActivityMetric.CartChanges, Sku);
        }

        Assert.Equal([new ActivityPoint(Start, 3)], Read(Sku).Points);
    }

    /// <summary>The service's own timer, and not only a test, removes what is idle.</summary>
    [Fact]
    public void FixedSweepsByItself()
    {
        var time = new FakeTimeProvider(Start);
        using var metrics = new FixedActivityMetrics(new ConfigurationBuilder().Build(), time);
        metrics.Record(ActivityMetric.CartChanges, Sku);
        time.Advance(ActivityMetric.Retention);

        Assert.Equal(0, metrics.HeldItems);
    }

    /// <summary>The total has its activities; the query says when another product makes room: a week after its last activity.</summary>
    [Fact]
    public void AProductBeyondTheLimitIsCountedInTheTotalAndItsOwnCountsAreRefused()
    {
        var products = Capacity - ActivityMetric.All.Count;
        for (var index = 0; index < products; index++, _time.Advance(TimeSpan.FromMinutes(1)))
            Current.Record(ActivityMetric.CartChanges, $"SKU-{index:D4}");
        Current.Record(ActivityMetric.CartChanges, "ONE-MORE");

        Assert.Equal((products + 1, 1), (CartChanges(sku: null), CartChanges("SKU-0000")));
        var refused = Read("ONE-MORE").RetryAfter!.Value;
        var removal = Start + ActivityMetric.Retention;
        Assert.InRange(_time.GetUtcNow() + refused, removal, removal.AddMinutes(2));
        _time.Advance(refused);
        Sweep();
        Assert.Null(Read("ONE-MORE").RetryAfter);
        Current.Record(ActivityMetric.CartChanges, "ONE-MORE");
        Assert.Equal((0, 1), (CartChanges("SKU-0000"), CartChanges("ONE-MORE")));
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration[$"Cases:{Study.Id}:Capacity"] = _capacity?.ToString(CultureInfo.InvariantCulture);
        builder.Services.AddSingleton<TimeProvider>(_time);
        cases.Add<ActivityMetricsCase>();
    }

    /// <summary>Activities are counted in the minute of their time.</summary>
    private protected override Task BehaveAsync()
    {
        // Earlier activities are in other minutes.
        _time.Advance(TimeSpan.FromMinutes(1));
        var start = _time.GetUtcNow();
        var minute = start.AddTicks(-(start.Ticks % TimeSpan.TicksPerMinute));
        Current.Record(ActivityMetric.PageViews, sku: null);
        Current.Record(ActivityMetric.PageViews, sku: null);
        _time.Advance(TimeSpan.FromMinutes(2));
        Current.Record(ActivityMetric.PageViews, sku: null);

        Assert.Equal(
            [new ActivityPoint(minute, 2), new ActivityPoint(minute.AddMinutes(2), 1)],
            Current.Read(ActivityMetric.PageViews, null, minute, minute.AddMinutes(3)).Points);
        return Task.CompletedTask;
    }

    /// <summary>A change of a product that nothing else has changed. Its SKU is the reference, which Leaky holds as a tag.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override Task<WeakReference> OperateAsync()
    {
        var sku = $"NEW-{Interlocked.Increment(ref _skus):D6}";
        Current.Record(ActivityMetric.CartChanges, sku);
        return Task.FromResult(new WeakReference(sku));
    }

    /// <summary>Fixed removes a series after a week; Published releases a point with its array, of 1,000 at first.</summary>
    private protected override async Task AgeAsync()
    {
        _time.Advance(TimeSpan.FromDays(8));
        Sweep();
        for (var operation = 0; operation < 1_000; operation++)
            await OperateAsync();
    }

    /// <summary>Fixed has a sample of the product and one of the total.</summary>
    private protected override long ItemsAfterOneOperation(CaseVariant variant) => variant == CaseVariant.Fixed ? 2 : 1;

    private static long Allocated(Action query)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        query();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private ActivityReading Read(string? sku)
        => Current.Read(ActivityMetric.CartChanges, sku, Start.AddMinutes(-1), _time.GetUtcNow().AddMinutes(1));

    private long CartChanges(string? sku) => Read(sku).Points.Sum(point => point.Count);

    private long PageViews(DateTimeOffset from, DateTimeOffset to)
        => Current.Read(ActivityMetric.PageViews, null, from, to).Points.Sum(point => point.Count);
}
