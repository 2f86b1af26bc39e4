using System.Net;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Sessions;

/// <summary>The flag on the running Shop: where sessions are stored, and how many are retained in the process.</summary>
public sealed class SessionStoreFlagTests(ShopFixture shop) : FlagContract(shop)
{
    /// <summary>A session in Redis: known to Fixed only.</summary>
    private TestCustomer? _before;

    public override async ValueTask DisposeAsync()
    {
        _before?.Dispose();
        await base.DisposeAsync();
    }

    private protected override async Task PrepareAsync() => _before = await TestCustomer.LogInAsync(Shop.App, "store-before");

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "store-customer");
        using var another = await TestCustomer.LogInAsync(Shop.App, "store-another");
        // An order uses the store throughout: to read the cart, to identify the customer and to remove the ordered lines.
        Assert.NotEqual("Pending", await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync()));

        Assert.Equal(variant == CaseVariant.Fixed ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, await StatusAsync(_before!));
        if (variant == CaseVariant.Fixed)
            return;
        await SwitchAsync(CaseVariant.Fixed);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(customer));
        await SwitchAsync(variant);
    }

    /// <summary>Fixed caches customers for a second after a use.</summary>
    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Fixed ? (0, 3) : (2, 2);

    private static async Task<HttpStatusCode> StatusAsync(TestCustomer customer)
    {
        using var response = await customer.Sessions.GetAsync("/session", Cancellation);
        return response.StatusCode;
    }
}
