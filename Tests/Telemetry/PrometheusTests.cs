using System.Diagnostics.Metrics;
using System.Globalization;

namespace Shop.Tests.Telemetry;

/// <summary>The export of instruments to Prometheus.</summary>
public sealed class PrometheusTests : IAsyncLifetime
{
    private const int MaxTagSets = 250;
    private readonly string _tag = Guid.NewGuid().ToString("N");
    private DefaultsServer? _server;

    public async ValueTask InitializeAsync() => _server = await DefaultsServer.StartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>MassTransit counts operations in progress with a Counter, although the value decreases when they complete.</summary>
    [Fact]
    public async Task AValueThatMayDecreaseIsAGauge()
    {
        using var massTransit = new Meter("MassTransit");
        using var shop = new Meter("Shop.Test");
        var active = massTransit.CreateCounter<long>("messaging.masstransit.test.active", "ea");
        var sent = massTransit.CreateCounter<long>("messaging.masstransit.test");
        var open = shop.CreateUpDownCounter<int>("shop.test.open");
        active.Add(3, new KeyValuePair<string, object?>("id", _tag));
        active.Add(-1, new KeyValuePair<string, object?>("id", _tag));
        sent.Add(3, new KeyValuePair<string, object?>("id", _tag));
        open.Add(5, new KeyValuePair<string, object?>("id", _tag));
        var lines = await ScrapeAsync();

        Assert.Contains($"messaging_masstransit_test_active_ea{{id=\"{_tag}\"}} 2", lines);
        Assert.Contains($"messaging_masstransit_test_total{{id=\"{_tag}\"}} 3", lines);
        Assert.Contains($"shop_test_open{{id=\"{_tag}\"}} 5", lines);
        string[] gauges =
        [
            "messaging_masstransit_test_active_ea", "shop_test_open", "dotnet_thread_pool_thread_count", "dotnet_thread_pool_queue_length",
        ];
        Assert.All(gauges, gauge => Assert.Contains(lines, line
            => line.StartsWith($"# TYPE {gauge}", StringComparison.Ordinal) && line.EndsWith(" gauge", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("_active_ea_total", StringComparison.Ordinal)
            || line.Contains("_thread_count_total", StringComparison.Ordinal)
            || line.Contains("_queue_length_total", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheNumberOfSeriesOfAnInstrumentIsLimited()
    {
        using var shop = new Meter("Shop.Test");
        var many = shop.CreateCounter<int>("shop.test.many");
        for (var index = 0; index < 2 * MaxTagSets; index++)
            many.Add(1, new KeyValuePair<string, object?>("index", index));

        var series = (await ScrapeAsync()).Where(line => line.StartsWith("shop_test_many_total{", StringComparison.Ordinal)).ToList();
        // One more series aggregates the tag sets over the limit.
        Assert.InRange(series.Count, MaxTagSets, MaxTagSets + 1);
        Assert.Equal(2 * MaxTagSets, series.Sum(line => int.Parse(line.AsSpan(line.LastIndexOf(' ')), CultureInfo.InvariantCulture)));
    }

    /// <summary>The limit of the control group if this process has one, otherwise the machine's memory.</summary>
    [Fact]
    public async Task TheHeapLimitIsWithinTheControlGroupsLimit()
    {
        Assert.SkipUnless(File.Exists("/proc/meminfo"), "The machine's memory is read from /proc.");
        var total = File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var machine = long.Parse(total, CultureInfo.InvariantCulture) * 1024;
        var limits = (await ScrapeAsync()).Where(line => line.StartsWith("shop_memory_limit_bytes{", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('"')[1], line => long.Parse(line.AsSpan(line.LastIndexOf(' ')), CultureInfo.InvariantCulture));

        Assert.InRange(limits["group"], 1, machine);
        Assert.InRange(limits["heap"], limits["group"] / 2, limits["group"]);
    }

    private async Task<string[]> ScrapeAsync()
        => (await _server!.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n');
}
