using System.Net.Http.Json;
using System.Text.Json;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>The flag on the running Shop: how many texts are prepared, and what a customer finds.</summary>
public sealed class PreparedStatementsFlagTests(ShopFixture shop) : FlagContract(shop)
{
    // Product 1 is the Alpine Backpack.
    private static readonly string[] Found = ["alpine", "backpack", "SKU-0001"];
    private const string NotFound = "' OR 'a' = 'a";
    private TestCustomer? _customer;
    private Guid _order;

    public override async ValueTask DisposeAsync()
    {
        _customer?.Dispose();
        await base.DisposeAsync();
    }

    private protected override async Task PrepareAsync()
    {
        _customer = await TestCustomer.LogInAsync(Shop.App, $"prepared-statements-{Guid.NewGuid():N}");
        _order = await _customer.PlaceOrderAsync("SKU-0001");
    }

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        foreach (var search in Found)
            Assert.Equal(_order, Assert.Single(await SearchAsync(search)).GetProperty("orderId").GetGuid());
        Assert.Empty(await SearchAsync(NotFound));
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Leaky ? (Found.Length + 1, Found.Length + 1) : (0, 0);

    private async Task<IEnumerable<JsonElement>> SearchAsync(string search)
        => TestCustomer.Items(await _customer!.Orders.GetFromJsonAsync<JsonElement>(
            $"/orders?search={Uri.EscapeDataString(search)}", Cancellation));
}
