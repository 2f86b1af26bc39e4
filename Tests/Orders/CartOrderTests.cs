using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Tests.AppHost;

namespace Shop.Tests.Orders;

/// <summary>Orders and changes of one cart: each confirmed line is ordered once and leaves the cart only if it was ordered.</summary>
[Collection(ShopTests.Name)]
public sealed class CartOrderTests(ShopFixture shop)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task AQuantityThatIsSetAfterTheOrderStaysInTheCart(int quantity)
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, $"cart-set-after-{quantity}");
        await customer.PutInCartAsync("SKU-0001", 2);
        await customer.PutInCartAsync("SKU-0002", 1);
        using var ordered = await customer.PostOrderAsync("order");
        await customer.PutInCartAsync("SKU-0001", quantity);
        Assert.Equal(HttpStatusCode.Accepted, ordered.StatusCode);

        // When the other line has left the cart, the order's message has been consumed.
        var cart = await WaitForCartAsync(customer, skus => !skus.Contains("SKU-0002"));
        Assert.Equal([("SKU-0001", quantity)], cart);
    }

    [Fact]
    public async Task ASecondOrderOfACartNamesTheFirst()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "cart-twice");
        var first = await customer.PlaceOrderAsync();

        Assert.Equal((HttpStatusCode.Conflict, first), await OrderAsync(customer, "second"));
        await WaitForCartAsync(customer, skus => skus.Count == 0);
        Assert.Equal((HttpStatusCode.Conflict, first), await OrderAsync(customer, "third"));
        Assert.Equal([first], (await ReadOrdersAsync(customer)).Select(order => order.GetProperty("orderId").GetGuid()));
    }

    [Fact]
    public async Task OfConcurrentOrdersOfOneCartOneIsAccepted()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "cart-concurrent");
        for (var round = 0; round < 5; round++)
        {
            await customer.PutInCartAsync("SKU-0001", 1);
            var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => OrderAsync(customer, $"{Guid.NewGuid()}")));

            Assert.Single(responses, response => response.Status == HttpStatusCode.Accepted);
            Assert.Single(responses.Select(response => response.OrderId).Distinct());
            Assert.All(responses, response => Assert.True(response.Status is HttpStatusCode.Accepted or HttpStatusCode.Conflict));
        }
    }

    /// <summary>Until the message of an order has been consumed, its lines are still in the cart of the next order.</summary>
    [Fact]
    public async Task EachLineIsOrderedOnceHoweverOrdersAndChangesOverlap()
    {
        const int shoppers = 4, products = 10;
        using var customer = await TestCustomer.LogInAsync(shop.App, "cart-overlap");
        await Task.WhenAll(Enumerable.Range(0, shoppers).Select(async shopper =>
        {
            for (var product = 0; product < products; product++)
            {
                await customer.PutInCartAsync($"SKU-{shopper * products + product + 1:D4}", 1);
                await OrderAsync(customer, $"{shopper}-{product}");
            }
        }));

        var lines = (await ReadOrdersAsync(customer)).SelectMany(order => order.GetProperty("lines").EnumerateArray())
            .Select(line => line.GetProperty("sku").GetString()).Order(StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(1, shoppers * products).Select(product => $"SKU-{product:D4}"), lines);
    }

    /// <summary>Places an order; the response contains an order's id, also as a conflict.</summary>
    private static async Task<(HttpStatusCode Status, Guid? OrderId)> OrderAsync(TestCustomer customer, string key)
    {
        using var response = await customer.PostOrderAsync(key);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return (response.StatusCode, body.TryGetProperty("orderId", out var id) ? id.GetGuid() : null);
    }

    private static async Task<IReadOnlyList<JsonElement>> ReadOrdersAsync(TestCustomer customer)
    {
        var export = await customer.Orders.GetStringAsync("/orders/export", Cancellation);
        return [.. export.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static async Task<IReadOnlyList<(string Sku, int Quantity)>> WaitForCartAsync(
        TestCustomer customer, Func<IReadOnlyList<string>, bool> condition)
        => await Eventually.ReadAsync(
            () => ReadCartAsync(customer), cart => condition([.. cart.Select(line => line.Sku)]), "the ordered lines to leave the cart");

    private static async Task<IReadOnlyList<(string Sku, int Quantity)>> ReadCartAsync(TestCustomer customer)
    {
        var session = await customer.Sessions.GetFromJsonAsync<JsonElement>("/session", Cancellation);
        return [.. session.GetProperty("cart").EnumerateArray()
            .Select(line => (line.GetProperty("sku").GetString()!, line.GetProperty("quantity").GetInt32()))];
    }
}
