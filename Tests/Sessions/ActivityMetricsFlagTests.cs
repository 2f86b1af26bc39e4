using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;
using Shop.Tests.Hostile;

namespace Shop.Tests.Sessions;

/// <summary>The flag on the running Shop: how many samples are held, and what a customer reads.</summary>
public sealed class ActivityMetricsFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Changes = ShopFixture.ActivityMetricsCapacity / 2;

    /// <summary>An order makes the services request the session; only the customer's own request is a page view.</summary>
    [Fact]
    public async Task TheServicesOwnRequestsAreNotPageViews()
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "activity-views");
        var before = await CountAsync(customer, "page-views");
        var orderId = await customer.PlaceOrderAsync();
        await customer.WaitForOutcomeAsync(orderId);
        await customer.Payments.GetStringAsync($"/payments/{orderId}", Cancellation);
        await customer.Documents.GetStringAsync("/documents", Cancellation);
        await customer.Sessions.GetStringAsync("/session", Cancellation);

        Assert.Equal(before + 1, await CountAsync(customer, "page-views"));
    }

    /// <summary>At the limit, the changes of a product are in the total, and only a query of its own counts is refused.</summary>
    [Fact]
    public async Task AQueryOfAProductBeyondTheLimitReturns429AndItsCartChangesSucceed()
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "activity-limit");
        var before = await CountAsync(customer, "cart-changes");
        for (var index = 0; index < ShopFixture.ActivityMetricsCapacity; index++)
            await customer.PutInCartAsync($"LIMIT-{index:D4}", 1);

        Assert.Equal(before + ShopFixture.ActivityMetricsCapacity, await CountAsync(customer, "cart-changes"));
        using var refused = await customer.Sessions.GetAsync(
            Query("cart-changes", $"LIMIT-{ShopFixture.ActivityMetricsCapacity - 1:D4}"), Cancellation);
        await Problems.AssertAsync(refused, (int)HttpStatusCode.TooManyRequests);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromDays(6), TimeSpan.FromDays(8));
    }

    [Fact]
    public async Task OnlyCartChangesAreCountedByProduct()
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "activity-sku");
        foreach (var query in new[] { Query("page-views", "SKU-0001"), Query("cart-changes", "not%20a%20sku") })
        {
            using var rejected = await customer.Sessions.GetAsync(query, Cancellation);
            await Problems.AssertAsync(rejected, (int)HttpStatusCode.BadRequest);
        }
    }

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "activity-metrics");
        var before = await CountAsync(customer, "cart-changes", "SKU-0001");
        for (var change = 0; change < Changes; change++)
            await customer.PutInCartAsync("SKU-0001", change + 1);

        Assert.Equal(before + Changes, await CountAsync(customer, "cart-changes", "SKU-0001"));
    }

    // Fixed has at most one sample a second of the product, and one of the total.
    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Fixed ? (1, 2 * Changes) : (Changes, Changes);

    private static async Task<long> CountAsync(TestCustomer customer, string metric, string? sku = null)
        => (await customer.Sessions.GetFromJsonAsync<JsonElement>(Query(metric, sku), Cancellation))
            .GetProperty("points").EnumerateArray().Sum(point => point.GetProperty("count").GetInt64());

    private static string Query(string metric, string? sku)
    {
        var now = DateTimeOffset.UtcNow;
        return $"/activity/{metric}?from={now.AddDays(-1):yyyy-MM-ddTHH:mm:ssZ}&to={now.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}"
            + (sku is null ? "" : $"&sku={sku}");
    }
}
