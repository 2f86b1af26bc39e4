using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Payments;

/// <summary>
/// The flag on the running Shop, observed in the gateway's span: Leaky's request has a Content-Length, Fixed's is chunked.
/// </summary>
public sealed class PaymentPayloadFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "payment-payload");
        using var telemetry = Shop.Telemetry();

        Assert.Equal(variant == CaseVariant.Leaky, await IsLengthKnownAsync(customer, telemetry));
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant) => (0, 0);

    private static async Task<bool> IsLengthKnownAsync(TestCustomer customer, HttpClient telemetry)
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        var traceparent = $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01";
        await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync(traceparent: traceparent));
        var spans = await Eventually.ReadAsync(
            async () => TelemetryJson.SpansOf(
                await telemetry.GetFromJsonAsync<JsonElement>($"/api/telemetry/spans?traceId={trace}", Cancellation), trace)
                .Where(span => span is { Service: "gateway", Name: "POST /charges/" }).ToArray(),
            read => read.Length > 0, $"the gateway's span in trace {trace}");
        return Assert.Single(spans).Attributes.ContainsKey("http.request.body.size");
    }
}
