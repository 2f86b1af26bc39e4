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

        Assert.Equal(variant == CaseVariant.Leaky, await IsLengthKnownAsync(customer));
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant) => (0, 0);

    private async Task<bool> IsLengthKnownAsync(TestCustomer customer)
    {
        var trace = await TestTrace.RecordAsync(
            Shop, "the gateway's span",
            async trace => await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync(traceparent: trace.Parent)),
            spans => spans.Any(IsCharge));
        return Assert.Single(await trace.ReadSpansAsync(Shop), IsCharge).Attributes.ContainsKey("http.request.body.size");
    }

    private static bool IsCharge(TelemetryJson.Span span) => span is { Service: "gateway", Name: "POST /charges/" };
}
