using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;

namespace Shop.Tests.Telemetry;

/// <summary>The metrics that Prometheus scrapes from each service.</summary>
[RunningShop]
public sealed partial class MetricsTests(ShopFixture shop)
{
    public static TheoryData<string> Services => ["sessions", "orders", "payments", "documents"];

    /// <summary>The samples that an operator needs to see a leak, by their names and distinguishing labels.</summary>
    private static readonly string[] Memory =
    [
        "dotnet_gc_collections_total{gc_heap_generation=\"gen0\"}",
        "dotnet_gc_collections_total{gc_heap_generation=\"gen1\"}",
        "dotnet_gc_collections_total{gc_heap_generation=\"gen2\"}",
        "dotnet_gc_pause_time_seconds_total",
        "shop_gc_pause_share",
        "dotnet_gc_last_collection_heap_size_bytes{gc_heap_generation=\"gen2\"}",
        "dotnet_gc_last_collection_heap_size_bytes{gc_heap_generation=\"loh\"}",
        "dotnet_gc_last_collection_heap_fragmentation_size_bytes{gc_heap_generation=\"loh\"}",
        "shop_memory_live_bytes",
        "dotnet_gc_heap_total_allocated_bytes_total",
        "shop_gc_allocation_rate_bytes_per_second",
        "dotnet_process_memory_working_set_bytes",
        "shop_memory_limit_bytes{limit=\"heap\"}",
    ];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task EachServiceReportsItsMemory(string service)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var lab = await shop.LabAsync(service);
        // Heap sizes are those of the last collection, so a collection must have run.
        using var collected = await lab.PostAsync("/lab/collect", null, cancellation);
        var samples = await Eventually.ReadAsync(
            async () => await ReadAsync(service, cancellation),
            samples => Memory.All(samples.ContainsKey),
            $"the memory metrics of {service}");

        Assert.All(Memory, name => Assert.Contains(name, samples.Keys));
        Assert.InRange(samples["dotnet_gc_collections_total{gc_heap_generation=\"gen2\"}"], 2, double.MaxValue);
        Assert.InRange(samples["shop_gc_pause_share"], 0, 1);
        Assert.InRange(samples["dotnet_process_memory_working_set_bytes"], 10_000_000, samples["shop_memory_limit_bytes{limit=\"heap\"}"]);
    }

    /// <summary>Otherwise a leak would become visible only after many minutes.</summary>
    [Fact]
    public async Task AServiceRunsFullCollectionsWhileARetainedCaseIsNotFixed()
    {
        const string full = "dotnet_gc_collections_total{gc_heap_generation=\"gen2\"}";
        const string induced = "shop_gc_induced_total";
        var cancellation = TestContext.Current.CancellationToken;
        using var lab = await shop.LabAsync("documents");
        await lab.SwitchCaseAsync("DocumentEvents", "Leaky");
        try
        {
            var before = await ReadAsync("documents", cancellation);
            // The alert on full collections leaves out those that the Lab induces.
            await Eventually.ReadAsync(
                async () => await ReadAsync("documents", cancellation),
                samples => samples[full] >= before[full] + 2 && samples[induced] >= before[induced] + 2,
                "two full collections of documents");
        }
        finally
        {
            await lab.SwitchCaseAsync("DocumentEvents", "Fixed");
            await lab.ResetCaseAsync("DocumentEvents");
        }
    }

    /// <summary>By Npgsql's meter. The clients of Redis and RabbitMQ have neither a meter nor a pool: they share a connection.</summary>
    [Theory]
    [InlineData("orders")]
    [InlineData("payments")]
    [InlineData("documents")]
    public async Task AServiceReportsItsPoolOfDatabaseConnections(string service)
    {
        var samples = await ReadAsync(service, TestContext.Current.CancellationToken);
        string[] pool = ["db_client_connection_count", "db_client_connection_max"];

        Assert.All(pool, name => Assert.Contains(samples, sample => sample.Key.StartsWith(name, StringComparison.Ordinal)));
        Assert.DoesNotContain(samples.Keys, key => key.Contains("password", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task ARouteReportsWhatTheProcessAllocatesPerRequest()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = shop.App.CreateHttpClient("orders");
        const string mean = "shop_request_allocated_bytes{http_request_method=\"GET\",http_route=\"/products\"}";
        // The runtime counts what it hands to threads, 8 KB at a time: a few small requests may count nothing.
        var samples = await Eventually.ReadAsync(
            async () =>
            {
                await client.GetStringAsync("/products", cancellation);
                return await ReadAsync("orders", cancellation);
            },
            samples => samples.TryGetValue(mean, out var bytes) && bytes > 0, "the mean of a route");

        Assert.InRange(samples[mean], 1, 10_000_000);
        Assert.DoesNotContain(samples.Keys, key => key.StartsWith("shop_request_allocated", StringComparison.Ordinal)
            && (key.Contains("/lab", StringComparison.Ordinal) || key.Contains("/metrics", StringComparison.Ordinal)));
        Assert.Contains("shop_memory_warnings_total{kind=\"heap_limit\"}", samples.Keys);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public async Task EveryLineIsInTheTextFormat(string service)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = shop.App.CreateHttpClient(service);
        using var response = await client.GetAsync("/metrics", cancellation);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        // This request is measured. The exporter caches its response for 300 ms, so the first scrape may not include it.
        await client.GetStringAsync("/openapi/v1.json", cancellation);
        var lines = await Eventually.ReadAsync(
            async () => (await client.GetStringAsync("/metrics", cancellation)).TrimEnd('\n').Split('\n'),
            lines => lines.Any(line => line.StartsWith("http_server_request_duration_seconds_bucket", StringComparison.Ordinal)
                && line.Contains("le=\"+Inf\"", StringComparison.Ordinal)), "a histogram with its last bucket");

        Assert.All(lines, line => Assert.Matches(Line(), line));
        var types = lines.Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).ToList();
        Assert.Equal(types.Count, types.Distinct().Count());
        // The values of these may decrease, which a counter's may not.
        Assert.All(types.Where(line => Decreasing().IsMatch(line)), line => Assert.EndsWith(" gauge", line, StringComparison.Ordinal));
        Assert.Contains(types, line => line.Contains("dotnet_thread_pool_thread_count", StringComparison.Ordinal));
    }

    /// <summary>
    /// In a process of its own: OpenTelemetry ends a metric when the first of several hosts in a process disposes its meter.
    /// </summary>
    [Fact]
    public async Task ProbesAreExcludedFromTheRequestMetrics()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var client = shop.App.CreateHttpClient("orders");
        var before = CountOf("/products", await ReadAsync("orders", cancellation));
        foreach (var path in (string[])["/health", "/alive", "/metrics", "/products"])
            await client.GetStringAsync(path, cancellation);
        // The exporter caches its response briefly, so the next scrape may still return the previous one.
        var samples = await Eventually.ReadAsync(
            () => ReadAsync("orders", cancellation), samples => CountOf("/products", samples) > before, "the request to be measured");

        Assert.All((string[])["/health", "/alive", "/metrics"], probe => Assert.Equal(0, CountOf(probe, samples)));
    }

    private static double CountOf(string route, Dictionary<string, double> samples)
        => samples.Where(sample => sample.Key.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal)
            && sample.Key.Contains($"http_route=\"{route}\"", StringComparison.Ordinal)).Sum(sample => sample.Value);

    private async Task<Dictionary<string, double>> ReadAsync(string service, CancellationToken cancellation)
    {
        using var client = shop.App.CreateHttpClient(service);
        var text = await client.GetStringAsync("/metrics", cancellation);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .ToDictionary(NameOf, ValueOf);
    }

    // A sample without labels may have empty braces.
    private static string NameOf(string line) => line[..line.LastIndexOf(' ')].Replace("{}", "", StringComparison.Ordinal);

    private static double ValueOf(string line)
        => double.Parse(line[(line.LastIndexOf(' ') + 1)..].Replace("+Inf", "∞", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    private const string MetricName = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private const string Labels = """\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*",?)*\}""";
    private const string Value = "(-?[0-9.]+(E[+-]?[0-9]+)?|[+-]Inf|NaN)";

    [GeneratedRegex($@"\A(# (HELP|TYPE) {MetricName} .+|{MetricName}({Labels})? {Value})\z")]
    private static partial Regex Line();

    [GeneratedRegex("_active|_thread_count|_queue_length")]
    private static partial Regex Decreasing();
}
