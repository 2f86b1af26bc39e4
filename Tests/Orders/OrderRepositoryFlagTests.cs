using System.Net;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>The flag on the running Shop: how many orders are retained, and that only its owner can read one.</summary>
public sealed class OrderRepositoryFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Orders = 3;
    private readonly List<string> _routes = [];
    private TestCustomer? _owner;

    public override async ValueTask DisposeAsync()
    {
        _owner?.Dispose();
        await base.DisposeAsync();
    }

    /// <summary>Waits for the outcomes with Fixed: Leaky would return the first status forever.</summary>
    private protected override async Task PrepareAsync()
    {
        _owner = await TestCustomer.LogInAsync(Shop.App, "repository-owner");
        for (var order = 1; order <= Orders; order++)
        {
            // Each order has its own product, because the ordered lines leave the cart some time after the order.
            var id = await _owner.PlaceOrderAsync($"SKU-{order:D4}");
            await _owner.WaitForOutcomeAsync(id);
            _routes.Add($"/orders/{id}");
        }
    }

    /// <summary>Reads each order twice, and as another customer.</summary>
    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var stranger = await TestCustomer.LogInAsync(Shop.App, "repository-stranger");
        foreach (var route in _routes)
        {
            var order = await _owner!.Orders.GetStringAsync(route, Cancellation);
            Assert.Equal(order, await _owner.Orders.GetStringAsync(route, Cancellation));
            using var refused = await stranger.Orders.GetAsync(route, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Leaky ? (Orders, Orders) : (0, 0);
}
