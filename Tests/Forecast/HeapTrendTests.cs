using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Forecast;
using Shop.Tests.Telemetry;

namespace Shop.Tests.Forecast;

/// <summary>The forecast of a service from its own collections.</summary>
public sealed class HeapTrendTests : IAsyncLifetime
{
    private DefaultsServer? _server;

    public async ValueTask InitializeAsync() => _server = await DefaultsServer.StartAsync();

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public void ACollectionOfGeneration2IsJudged()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton(TimeProvider.System)
            .AddSingleton<HeapTrend>().BuildServiceProvider();
        var trend = services.GetRequiredService<HeapTrend>();
        var kept = new byte[8_000_000];
        GC.Collect();
        trend.Look();
        var first = trend.Forecast.Collections;

        Assert.Equal(1, first);
        Assert.InRange(trend.Last!.Value.Bytes, kept.Length, HeapTrend.LimitBytes);
        for (var index = 0; index < LeakDetector.MinCollections; index++)
        {
            GC.Collect();
            trend.Look();
        }
        Assert.True(trend.Forecast.Collections >= LeakDetector.MinCollections);
        Assert.NotEqual(HeapVerdict.NotEnoughData, trend.Forecast.Verdict);
    }

    [Fact]
    public async Task EachVerdictIsASeriesAndOneOfThemIs1()
    {
        var text = await _server!.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var lines = text.Split('\n').Where(line => line.StartsWith("shop_memory_verdict{", StringComparison.Ordinal)).ToList();

        Assert.Equal(Enum.GetNames<HeapVerdict>().Order(), lines.Select(line => line.Split('"')[1]).Order());
        Assert.Single(lines, line => line.EndsWith(" 1", StringComparison.Ordinal));
    }
}
