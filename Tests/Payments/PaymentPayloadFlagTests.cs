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
        var trace = new TestTrace();
        await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync(traceparent: trace.Parent));
        var spans = await trace.WaitForAsync(Shop, "the gateway's span", span => span is { Service: "gateway", Name: "POST /charges/" });
        return Assert.Single(spans).Attributes.ContainsKey("http.request.body.size");
    }
}
