using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Tests.AppHost;

/// <summary>A trace that a test begins, and its spans, which the dashboard has some time later.</summary>
internal sealed class TestTrace(ActivityTraceFlags flags = ActivityTraceFlags.Recorded)
{
    public string Id { get; } = ActivityTraceId.CreateRandom().ToHexString();

    /// <summary>The value of the header <c>traceparent</c>.</summary>
    public string Parent => $"00-{Id}-{ActivitySpanId.CreateRandom().ToHexString()}-{(int)flags:x2}";

    /// <summary>The spans that the dashboard has.</summary>
    public async Task<IReadOnlyList<TelemetryJson.Span>> ReadSpansAsync(ShopFixture shop)
    {
        using var telemetry = shop.Telemetry();
        var spans = await telemetry.GetFromJsonAsync<JsonElement>(
            $"/api/telemetry/spans?traceId={Id}", TestContext.Current.CancellationToken);
        return [.. TelemetryJson.SpansOf(spans, Id)];
    }

    /// <summary>Waits for the first spans of a kind.</summary>
    public async Task<IReadOnlyList<TelemetryJson.Span>> WaitForAsync(
        ShopFixture shop, string what, Func<TelemetryJson.Span, bool> isWanted)
        => await Eventually.ReadAsync(
            async () => (await ReadSpansAsync(shop)).Where(isWanted).ToList(), spans => spans.Count > 0, $"{what} in trace {Id}");
}
