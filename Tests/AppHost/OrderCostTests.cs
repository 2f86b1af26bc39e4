using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Lab;

namespace Shop.Tests.AppHost;

/// <summary>What one order takes, counted, so that it does not depend on the machine.</summary>
[RunningShop]
public sealed class OrderCostTests(ShopFixture shop)
{
    private const int Orders = 20;
    // The charge, the status in orders, the lines and the status in sessions, the invoice.
    private const int Consumers = 5;

    // Measured: 12 statements, 3 calls of other services, 2 messages and 35 spans; a statement may be repeated after a conflict.
    private static readonly Dictionary<string, int> MaxSpans = new() { ["SQL"] = 14, ["HTTP"] = 3, ["message"] = 2, ["span"] = 38 };
    // Measured, with the questions for the outcome and what runs beside: 139, 499, 282 and 137 KB. Twice as much is allowed.
    private static readonly Dictionary<string, long> MaxAllocatedBytes = new()
    {
        ["sessions"] = 280_000, ["orders"] = 1_000_000, ["payments"] = 560_000, ["documents"] = 280_000,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StatementsCallsMessagesAndSpansAreBounded()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "cost-counts");
        var trace = await TestTrace.RecordAsync(
            shop, "all that an order causes", trace => SettleAsync(customer, trace.Parent), IsComplete);

        // Commands to Redis are exported every ten seconds, so that only some traces have them yet.
        var spans = (await trace.ReadSpansAsync(shop))
            .Where(span => span.Attributes.GetValueOrDefault("db.system.name") != "redis").ToList();
        // The gateway declines some orders: each of the trace costs at most as much as the settled one.
        var orders = spans.Count(span => span.Name == "POST /orders/");
        var counts = spans.SelectMany(Kinds).CountBy(kind => kind).ToDictionary();
        Assert.True(MaxSpans.All(kind => counts[kind.Key] <= kind.Value * orders), $"{orders} orders: {Show(counts)}");
    }

    [Fact]
    public async Task AllocatedBytesAreBounded()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "cost-bytes");
        await SettleAsync(customer, null);
        var before = await AllocatedAsync();
        for (var order = 0; order < Orders; order++)
            await SettleAsync(customer, null);
        var allocated = (await AllocatedAsync())
            .ToDictionary(service => service.Key, service => (service.Value - before[service.Key]) / Orders);

        Assert.True(MaxAllocatedBytes.All(service => allocated[service.Key] <= service.Value), Show(allocated));
    }

    // A service's spans arrive at once; each consumer's span is the last of its message.
    private static bool IsComplete(IReadOnlyList<TelemetryJson.Span> spans)
        => spans.Any(span => span.Name == "POST /orders/")
            && spans.Select(span => span.Name).Where(name => name.EndsWith(" receive", StringComparison.Ordinal))
                .Distinct().Count() == Consumers;

    private static IEnumerable<string> Kinds(TelemetryJson.Span span)
    {
        yield return "span";
        if (span.Name == "postgresql")
            yield return "SQL";
        else if (span.Name.EndsWith(" send", StringComparison.Ordinal))
            yield return "message";
        else if (span.Name is "GET" or "POST" or "PUT")
            yield return "HTTP";
    }

    private static async Task SettleAsync(TestCustomer customer, string? traceparent)
    {
        while (await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync(traceparent: traceparent)) != "Settled")
            ;
    }

    private async Task<Dictionary<string, long>> AllocatedAsync()
    {
        var allocated = new Dictionary<string, long>();
        foreach (var service in ShopAddresses.Names)
        {
            using var lab = await shop.LabAsync(service);
            var process = await lab.GetFromJsonAsync<JsonElement>("/lab/process", Cancellation);
            allocated.Add(service, process.GetProperty("allocatedBytes").GetInt64());
        }
        return allocated;
    }

    private static string Show<T>(Dictionary<string, T> values)
        => string.Join(", ", values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Key}: {value.Value}")));
}
