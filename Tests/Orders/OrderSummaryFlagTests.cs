using System.Net.Http.Json;
using System.Text.Json;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>The flag on the running Shop, observed in the span of the query: Leaky selects the orders' lines, Fixed groups.</summary>
public sealed class OrderSummaryFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, $"order-summary-{Guid.NewGuid():N}");
        var order = await customer.Orders.GetFromJsonAsync<JsonElement>(
            $"/orders/{await customer.PlaceUntilAsync("Settled")}", Cancellation);
        var day = order.GetProperty("placedAt").GetDateTimeOffset().UtcDateTime;
        var summary = default(JsonElement);
        var trace = await TestTrace.RecordAsync(
            Shop, "the query's span", async trace => summary = await ReadSummaryAsync(customer, day, trace), spans => spans.Any(IsQuery));

        Assert.Equal(1, summary.GetProperty("settled").GetInt32());
        Assert.Equal(order.GetProperty("total").GetDecimal(), summary.GetProperty("settledTotal").GetDecimal());
        var query = Assert.Single(await trace.ReadSpansAsync(Shop), IsQuery).Attributes["db.query.text"];
        Assert.Equal(variant == CaseVariant.Leaky, query.Contains("order_items", StringComparison.Ordinal));
        Assert.Equal(variant == CaseVariant.Fixed, query.Contains("GROUP BY", StringComparison.Ordinal));
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant) => (0, 0);

    private static async Task<JsonElement> ReadSummaryAsync(TestCustomer customer, DateTime day, TestTrace trace)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/orders/summary?day={day:yyyy-MM-dd}");
        request.Headers.Add("traceparent", trace.Parent);
        using var response = await customer.Orders.SendAsync(request, Cancellation);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    private static bool IsQuery(TelemetryJson.Span span) => span.Service == "orders" && span.Attributes.ContainsKey("db.query.text");
}
