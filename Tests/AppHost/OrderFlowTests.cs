using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Shop.ServiceDefaults.Messages;

namespace Shop.Tests.AppHost;

[RunningShop]
public sealed class OrderFlowTests(ShopFixture shop)
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASettledOrderHasAPaymentAndAnInvoiceAndEmptiesTheCart()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "flow-settled");
        var orderId = await customer.PlaceUntilAsync("Settled");

        var order = await customer.Orders.GetFromJsonAsync<JsonElement>($"/orders/{orderId}", Cancellation);
        var payment = await customer.Payments.GetFromJsonAsync<JsonElement>($"/payments/{orderId}", Cancellation);
        var invoice = await customer.WaitForInvoiceAsync(orderId);
        var thumbnail = await customer.Documents.GetByteArrayAsync(
            $"/documents/{invoice.GetProperty("documentId").GetGuid()}/thumbnail", Cancellation);
        await Eventually.ReadAsync(
            () => customer.Sessions.GetFromJsonAsync<JsonElement>("/session", Cancellation),
            session => session.GetProperty("cart").GetArrayLength() == 0, "the ordered lines to leave the cart");

        Assert.True(order.GetProperty("total").GetDecimal() > 0);
        Assert.Equal(orderId, payment.GetProperty("orderId").GetGuid());
        Assert.Equal(PngSignature, thumbnail[..PngSignature.Length]);
    }

    [Fact]
    public async Task ADeclinedOrderHasNoInvoice()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "flow-declined");
        var declined = await customer.PlaceUntilAsync("Declined");
        // A later order has its invoice, so an invoice of the declined order would exist by now.
        await customer.WaitForInvoiceAsync(await customer.PlaceUntilAsync("Settled"));

        var documents = await customer.Documents.GetFromJsonAsync<JsonElement>($"/documents?orderId={declined}", Cancellation);
        Assert.Empty(TestCustomer.Items(documents));
    }

    [Fact]
    public async Task TheOutcomeIsSentToTheCustomersSocket()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "flow-socket");
        using var socket = await customer.OpenSocketAsync();
        var orderId = await customer.PlaceOrderAsync();
        var message = await ReadUntilAsync(socket, json => json.GetProperty("orderId").GetGuid() == orderId);

        Assert.Equal(await customer.WaitForOutcomeAsync(orderId), message.GetProperty("status").GetString());
    }

    [Fact]
    public async Task RequestsWithTheSameKeyPlaceOneOrder()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "flow-idempotent");
        // Several rounds, because a late request finds the cart emptied by the first one only in some of them. Each round uses its own
        // product, because the lines of the previous order may still be in the cart.
        for (var round = 0; round < 5; round++)
        {
            await customer.PutInCartAsync($"SKU-010{round}", 1);
            var key = Guid.NewGuid().ToString("N");
            var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => customer.PostOrderAsync(key)));
            var ids = await Task.WhenAll(responses.Select(response => response.Content.ReadAsStringAsync(Cancellation)));
            using var otherBody = await customer.PostOrderAsync(key, """{"note":"another body"}""");

            Assert.All(responses, response => Assert.Equal(HttpStatusCode.Accepted, response.StatusCode));
            Assert.Single(ids.Distinct());
            Assert.Equal(HttpStatusCode.Conflict, otherBody.StatusCode);
            foreach (var response in responses)
                response.Dispose();
        }
    }

    [Fact]
    public async Task OneTraceSpansAllServices()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "flow-trace");
        await TraceASettledOrderAsync(customer, "spans of all services", SpansAllServices);
    }

    /// <summary>The load traces one visit of 20: the services must not trace the others.</summary>
    [Fact]
    public async Task AnOrderWhoseCallerDoesNotTraceItHasNoSpans()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "flow-untraced");
        var begun = await BegunByConsumersAsync();
        var untraced = new TestTrace(ActivityTraceFlags.None);
        await SettleAsync(customer, untraced);
        await TraceASettledOrderAsync(customer, "spans of all services", SpansAllServices);

        Assert.Empty(await untraced.ReadSpansAsync(shop));
        Assert.Empty((await BegunByConsumersAsync()).Except(begun));
    }

    [Theory]
    [InlineData(MessageQueues.PaymentsCharges,
        "shop.case.CustomerLookup", "shop.case.PaymentGateway", "shop.case.PaymentHistory", "shop.case.PaymentPayload")]
    [InlineData(MessageQueues.OrdersStatus, "shop.case.OrderEvents")]
    [InlineData(MessageQueues.SessionsOrderedLines, "shop.case.SessionStore")]
    public async Task AConsumersSpanNamesTheCasesThatItFeedsAndNoOther(string queue, params string[] attributes)
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "flow-cases");
        var trace = await TraceASettledOrderAsync(customer, $"the span of {queue}", spans => spans.Any(IsReceived));

        Assert.All((await trace.ReadSpansAsync(shop)).Where(IsReceived), span => Assert.Equal(
            attributes, span.Attributes.Keys.Where(name => name.StartsWith("shop.case.", StringComparison.Ordinal)).Order()));

        bool IsReceived(TelemetryJson.Span span) => span.Name == $"{queue} receive";
    }

    private Task<TestTrace> TraceASettledOrderAsync(
        TestCustomer customer, string what, Predicate<IReadOnlyList<TelemetryJson.Span>> isComplete)
        => TestTrace.RecordAsync(shop, what, trace => SettleAsync(customer, trace), isComplete);

    // Only a settled order reaches documents; the gateway declines some orders.
    private static async Task SettleAsync(TestCustomer customer, TestTrace trace)
    {
        while (await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync(traceparent: trace.Parent)) != "Settled")
            ;
    }

    // The traces that begin with a message: nobody has asked for them.
    private async Task<IReadOnlyList<string>> BegunByConsumersAsync()
    {
        using var telemetry = shop.Telemetry();
        var response = JsonDocument.Parse(await telemetry.GetStringAsync("/api/telemetry/spans?limit=10000", Cancellation));
        return [.. TelemetryJson.SpansOf(response.RootElement)
            .Where(span => span.IsRoot && span.Name.EndsWith(" receive", StringComparison.Ordinal)).Select(span => span.TraceId)];
    }

    private static bool SpansAllServices(IReadOnlyList<TelemetryJson.Span> spans)
        => spans.Select(span => span.Service).ToHashSet().IsSupersetOf(["documents", "gateway", "orders", "payments", "sessions"]);

    private static async Task<JsonElement> ReadUntilAsync(ClientWebSocket socket, Func<JsonElement, bool> isWanted)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, Cancellation);
            Assert.Equal(WebSocketMessageType.Text, received.MessageType);
            var message = JsonDocument.Parse(buffer.AsMemory(0, received.Count)).RootElement;
            if (isWanted(message))
                return message;
        }
    }
}
