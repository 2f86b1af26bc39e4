using System.Net;
using Shop.Tests.AppHost;

namespace Shop.Tests.Sessions;

/// <summary>The flag on the running Shop: where sessions are stored, and how many are retained in the process.</summary>
[Collection(ShopTests.Name)]
public sealed class SessionStoreFlagTests(ShopFixture shop)
{
    private const string Case = "SessionStore";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Leaky")]
    [InlineData("Published")]
    public async Task TheVariantRetainsSessionsInTheProcessAndFixedRetainsNone(string variant)
    {
        using var lab = await shop.LabAsync("sessions");
        using var before = await TestCustomer.LogInAsync(shop.App, "store-before");
        try
        {
            await lab.ResetCaseAsync(Case);
            await lab.SwitchCaseAsync(Case, variant);
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(before));
            using var customer = await TestCustomer.LogInAsync(shop.App, "store-customer");
            using var another = await TestCustomer.LogInAsync(shop.App, "store-another");
            // An order uses the store throughout: to read the cart, to identify the customer and to remove the ordered lines.
            Assert.NotEqual("Pending", await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync()));
            Assert.Equal(2, await lab.HeldItemsAsync(Case));

            await lab.SwitchCaseAsync(Case, "Fixed");
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(customer));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(before));
            using var after = await TestCustomer.LogInAsync(shop.App, "store-after");
            Assert.NotEqual("Pending", await after.WaitForOutcomeAsync(await after.PlaceOrderAsync()));
            // The two leaked sessions, and up to two customers that Fixed caches for a second after a use.
            Assert.InRange(await lab.HeldItemsAsync(Case), 2, 4);
        }
        finally
        {
            await lab.SwitchCaseAsync(Case, "Fixed");
            await lab.ResetCaseAsync(Case);
        }
        Assert.Equal(0, await lab.HeldItemsAsync(Case));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestCustomer customer)
    {
        using var response = await customer.Sessions.GetAsync("/session", Cancellation);
        return response.StatusCode;
    }
}
