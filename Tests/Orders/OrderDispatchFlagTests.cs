using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>The flag on the running Shop: with each variant an accepted order has an outcome while nothing is killed.</summary>
public sealed class OrderDispatchFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "order-dispatch");
        await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync());
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant) => (0, 0);
}
