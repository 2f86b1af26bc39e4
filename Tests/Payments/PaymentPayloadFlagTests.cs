using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Tests.AppHost;

namespace Shop.Tests.Payments;

/// <summary>
/// The flag on the running Shop, observed in the gateway's span: Leaky's request has a Content-Length, Fixed's is chunked.
/// </summary>
[RunningShop]
public sealed class PaymentPayloadFlagTests(ShopFixture shop)
{
    private const string Case = "PaymentPayload";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheFlagDecidesWhetherTheGatewaysRequestIsChunked()
    {
        using var lab = await shop.LabAsync("payments");
        using var customer = await TestCustomer.LogInAsync(shop.App, "payment-payload");
        using var telemetry = shop.Telemetry();

        Assert.False(await IsLengthKnownAsync(customer, telemetry));
        await lab.SwitchCaseAsync(Case, "Leaky");
        Assert.True(await IsLengthKnownAsync(customer, telemetry));
        await lab.SwitchCaseAsync(Case, "Fixed");
        Assert.False(await IsLengthKnownAsync(customer, telemetry));
    }

    private static async Task<bool> IsLengthKnownAsync(TestCustomer customer, HttpClient telemetry)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        var traceparent = $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01";
        await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync(traceparent: traceparent));
        var spans = await Eventually.ReadAsync(
            async () => TelemetryJson.SpansOf(
                await telemetry.GetFromJsonAsync<JsonElement>($"/api/telemetry/spans?traceId={trace}", Cancellation), trace)
                .Where(span => span.Service == "gateway").ToArray(),
            read => read.Length > 0, $"the gateway's span in trace {trace}");
        return Assert.Single(spans).Attributes.Contains("http.request.body.size");
    }
}
