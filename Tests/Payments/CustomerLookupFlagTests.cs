using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Payments;

/// <summary>The flag on the running Shop: how many customers are retained.</summary>
public sealed class CustomerLookupFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Customers = 2;

    /// <summary>Other tests' customers may be charged late.</summary>
    private protected override long Late => 10;

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        for (var index = 0; index < Customers; index++)
        {
            using var customer = await TestCustomer.LogInAsync(Shop.App, $"lookup-{Guid.NewGuid():N}");
            // The second order finds the customer.
            for (var order = 0; order < 2; order++)
                Assert.NotEqual("Pending", await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync()));
        }
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Fixed ? (0, Customers) : (Customers, Customers);
}
