using System.Net.Http.Json;
using System.Text.Json;
using Shop.Tests.AppHost;

namespace Shop.Tests.Orders;

/// <summary>The flag on the running Shop: which events a customer sees, and how many orders are retained.</summary>
[RunningShop]
public sealed class OrderEventsFlagTests(ShopFixture shop)
{
    private const string Case = "OrderEvents";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LeakyReturnsOnlyRetainedEventsAndFixedReadsTheRow()
    {
        using var lab = await shop.LabAsync("orders");
        using var customer = await TestCustomer.LogInAsync(shop.App, "order-events");
        var (first, firstEvents) = await OrderAsync(customer);

        await lab.SwitchCaseAsync(Case, "Leaky");
        var held = await lab.HeldItemsAsync(Case);
        Assert.Empty(await EventsAsync(customer, first));
        var (second, secondEvents) = await OrderAsync(customer);
        await OrderAsync(customer);
        Assert.True(await lab.HeldItemsAsync(Case) >= held + 2, "Leaky must retain each order that was placed.");

        await lab.SwitchCaseAsync(Case, "Fixed");
        Assert.Equal(firstEvents, await EventsAsync(customer, first));
        Assert.Equal(secondEvents, await EventsAsync(customer, second));
        await lab.ResetCaseAsync(Case);
        // A late message may have been recorded since.
        Assert.InRange(await lab.HeldItemsAsync(Case), 0, 1);
        Assert.Equal(firstEvents, await EventsAsync(customer, first));
    }

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
