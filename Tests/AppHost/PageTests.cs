using System.Net.Http.Json;
using System.Text.Json;

namespace Shop.Tests.AppHost;

/// <summary>Lists have the same page shape and streams the same media type in all services.</summary>
[RunningShop]
public sealed class PageTests(ShopFixture shop)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OrdersArePagedNewestFirst()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "pages-orders");
        // Each order uses its own product, because the ordered lines leave the cart some time after the order.
        var placed = new List<Guid>();
        foreach (var sku in new[] { "SKU-0001", "SKU-0002", "SKU-0003" })
            placed.Add(await customer.PlaceOrderAsync(sku));

        var first = await ReadAsync(customer.Orders, "/orders?limit=2");
        var second = await ReadAsync(customer.Orders, $"/orders?limit=2&after={first.GetProperty("next").GetGuid()}");

        Assert.Equal(Enumerable.Reverse(placed), IdsOf(first, "orderId").Concat(IdsOf(second, "orderId")));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task DocumentsHaveTheSamePageShapeAndBothServicesStreamTheSameMediaType()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "pages-documents");
        var document = await customer.WaitForInvoiceAsync(await customer.PlaceUntilAsync("Settled"));
        var invoice = document.GetProperty("documentId").GetGuid();

        var page = await ReadAsync(customer.Documents, "/documents?limit=1");
        using var report = await customer.Documents.GetAsync($"/documents/{invoice}/report", Cancellation);
        using var export = await customer.Orders.GetAsync("/orders/export", Cancellation);

        Assert.Single(IdsOf(page, "documentId"));
        Assert.True(page.TryGetProperty("next", out _));
        Assert.Equal("application/jsonl", report.Content.Headers.ContentType?.MediaType);
        Assert.Equal("application/jsonl", export.Content.Headers.ContentType?.MediaType);
    }

    private static Task<JsonElement> ReadAsync(HttpClient client, string route)
        => client.GetFromJsonAsync<JsonElement>(route, Cancellation);

    private static IEnumerable<Guid> IdsOf(JsonElement page, string id)
        => page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(id).GetGuid());
}
