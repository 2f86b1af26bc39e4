using System.Diagnostics;
using System.Text.Json;

namespace Shop.Tests.AppHost;

/// <summary>A trace that a test begins, and its spans, which the dashboard has some time later.</summary>
internal sealed class TestTrace(ActivityTraceFlags flags = ActivityTraceFlags.Recorded)
{
    private const int Attempts = 6;
    // Spans are exported every second.
    private static readonly TimeSpan ExportTimeout = TimeSpan.FromSeconds(15);

    public string Id { get; } = ActivityTraceId.CreateRandom().ToHexString();

    /// <summary>The value of the header <c>traceparent</c>.</summary>
    public string Parent => $"00-{Id}-{ActivitySpanId.CreateRandom().ToHexString()}-{(int)flags:x2}";

    /// <summary>
    /// Traces an operation and waits for its spans. Traces it again if they do not arrive: after a wave of orders a service drops spans,
    /// 532 in one run, because its queue is full while the dashboard is busy.
    /// </summary>
    public static async Task<TestTrace> RecordAsync(
        ShopFixture shop, string what, Func<TestTrace, Task> operate, Predicate<IReadOnlyList<TelemetryJson.Span>> isComplete)
    {
        IReadOnlyList<TelemetryJson.Span> spans = [];
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var trace = new TestTrace();
            await operate(trace);
            (spans, var isRecorded) = await Eventually.TryReadAsync(
                () => trace.ReadSpansAsync(shop), read => isComplete(read), ExportTimeout);
            if (isRecorded)
                return trace;
        }
        var names = string.Join(", ", spans.Select(span => $"{span.Service} {span.Name}"));
        Assert.Fail($"{Attempts} traces without {what}; the last has: {names}");
        return null;
    }

    /// <summary>The spans that the dashboard has.</summary>
    public async Task<IReadOnlyList<TelemetryJson.Span>> ReadSpansAsync(ShopFixture shop)
        => [.. TelemetryJson.SpansOf(JsonDocument.Parse(await ReadAsync(shop)).RootElement, Id)];

    /// <summary>What the dashboard has of the trace, as OTLP JSON.</summary>
    public async Task<string> ReadAsync(ShopFixture shop)
    {
        using var telemetry = shop.Telemetry();
        return await telemetry.GetStringAsync($"/api/telemetry/spans?traceId={Id}", TestContext.Current.CancellationToken);
    }
}
