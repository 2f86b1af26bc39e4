using System.Net.Http.Json;
using System.Text.Json;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>The flag on the running Shop: how many orders are retained, and which events a customer sees.</summary>
public sealed class OrderEventsFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Orders = 2;

    /// <summary>Messages of other tests' orders may be recorded late.</summary>
    private protected override long Late => 10;

    [Fact]
    public async Task LeakyReturnsOnlyRetainedEventsAndFixedReadsTheRow()
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "order-events");
        var (first, firstEvents) = await OrderAsync(customer);
        await SwitchAsync(CaseVariant.Leaky);
        Assert.Empty(await EventsAsync(customer, first));
        var (second, secondEvents) = await OrderAsync(customer);

        await SwitchAsync(CaseVariant.Fixed);
        Assert.Equal(firstEvents, await EventsAsync(customer, first));
        Assert.Equal(secondEvents, await EventsAsync(customer, second));
    }

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "order-events");
        for (var order = 0; order < Orders; order++)
            await OrderAsync(customer);
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Fixed ? (0, Orders) : (Orders, Orders);

    /// <summary>Places an order and waits for its outcome, which is the second of its two events.</summary>
    private static async Task<(Guid Id, string[] Events)> OrderAsync(TestCustomer customer)
    {
        var id = await customer.PlaceOrderAsync();
        var outcome = await customer.WaitForOutcomeAsync(id);
        // The row is stored before the event is recorded.
        var events = await Eventually.ReadAsync(() => EventsAsync(customer, id), read => read.Length == 2, $"two events of order {id}");
        Assert.Contains("\"Pending\"", events[0], StringComparison.Ordinal);
        Assert.Contains($"\"{outcome}\"", events[1], StringComparison.Ordinal);
        return (id, events);
    }

    private static async Task<string[]> EventsAsync(TestCustomer customer, Guid id)
    {
        var order = await customer.Orders.GetFromJsonAsync<JsonElement>($"/orders/{id}", Cancellation);
        return [.. order.GetProperty("events").EnumerateArray().Select(e => e.ToString())];
    }
}
