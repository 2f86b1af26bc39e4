using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aspire.Hosting.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Shop.ServiceDefaults.Messages;
using Shop.Tests.Faults;
using Shop.Tests.Hostile;
using StackExchange.Redis;

namespace Shop.Tests.AppHost;

/// <summary>Where a session id, a credential, must not be, and how often Sessions is asked for it.</summary>
[RunningShop]
public sealed class CredentialTests(ShopFixture shop)
{
    private static readonly Type[] Messages = [typeof(OrderPlaced), typeof(PaymentSettled), typeof(PaymentDeclined)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary><see cref="BusOutageTests"/> verifies the same for the rows of the outbox.</summary>
    [Fact]
    public async Task NoSpanNoMessageAndNoKeyInRedisContainsTheSessionId()
    {
        await using var bus = await ErrorQueues.ConnectAsync(shop.App);
        await using var channel = await bus.CreateChannelAsync(cancellationToken: Cancellation);
        var messages = await ListenAsync(channel);
        using var customer = await TestCustomer.LogInAsync(shop.App, "credential");
        var trace = await TestTrace.RecordAsync(shop, "the spans of an order", trace => PlaceAsync(customer, trace, messages), IsWhole);

        Assert.DoesNotContain(customer.SessionId, await trace.ReadAsync(shop), StringComparison.Ordinal);
        Assert.All(messages, message => Assert.DoesNotContain(customer.SessionId, message, StringComparison.Ordinal));
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await shop.App.GetConnectionStringAsync("redis", Cancellation))!);
        var keys = redis.GetServers().SelectMany(server => server.Keys()).Select(key => $"{key}").ToList();
        Assert.NotEmpty(keys);
        Assert.DoesNotContain(keys, key => key.Contains(customer.SessionId, StringComparison.Ordinal));
    }

    /// <summary>Orders does not know the session yet: one call authenticates the customer and reads the cart.</summary>
    [Fact]
    public async Task AnOrderAsksSessionsOnce()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "credential-once");
        // The request's span ends, and is exported, after those of its calls.
        var trace = await TestTrace.RecordAsync(
            shop, "the order's span", trace => customer.PlaceOrderAsync(traceparent: trace.Parent),
            spans => spans.Any(span => span is { Service: "orders", Name: "POST /orders/" }));

        var spans = await trace.ReadSpansAsync(shop);
        Assert.Single(spans, span => span.Service == "orders" && span.Name.StartsWith("GET", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("orders", "/orders", "application/json")]
    [InlineData("documents", "/documents", "image/png")]
    public async Task AWriteByASessionThatHasEndedIsRefusedAlthoughItsCustomerIsCached(string service, string route, string contentType)
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "credential-ended");
        using (var read = await customer[service].GetAsync(route, Cancellation))
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        using (var loggedOut = await customer.Sessions.DeleteAsync("/session", Cancellation))
            Assert.Equal(HttpStatusCode.NoContent, loggedOut.StatusCode);
        using var content = new ByteArrayContent(HostilePng.Create("valid"));
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        using var write = await customer[service].PostAsync(route, content, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, write.StatusCode);
    }

    private static async Task PlaceAsync(TestCustomer customer, TestTrace trace, ConcurrentQueue<string> messages)
    {
        customer.Sessions.DefaultRequestHeaders.Remove("traceparent");
        customer.Sessions.DefaultRequestHeaders.Add("traceparent", trace.Parent);
        var orderId = await customer.PlaceOrderAsync(traceparent: trace.Parent);
        await customer.WaitForOutcomeAsync(orderId);
        await Eventually.ReadAsync(
            () => Task.FromResult(messages.Count(message => message.Contains($"{orderId}", StringComparison.Ordinal))),
            count => count >= 2, "the order's messages");
    }

    private static bool IsWhole(IReadOnlyList<TelemetryJson.Span> spans)
        => new HashSet<string>(spans.Select(span => $"{span.Service} {span.Name}"))
            .IsSupersetOf(["sessions PUT /session/cart/items/{sku}", "sessions GET /session/", "orders POST /orders/"]);

    /// <summary>Collects the bodies and headers of all messages from now on.</summary>
    private static async Task<ConcurrentQueue<string>> ListenAsync(IChannel channel)
    {
        var messages = new ConcurrentQueue<string>();
        var queue = (await channel.QueueDeclareAsync(cancellationToken: Cancellation)).QueueName;
        foreach (var message in Messages)
            await channel.QueueBindAsync(queue, $"{message.Namespace}:{message.Name}", "", cancellationToken: Cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var headers = delivery.BasicProperties.Headers
                ?.Select(header => header.Value is byte[] text ? Encoding.UTF8.GetString(text) : $"{header.Value}");
            messages.Enqueue(string.Join('\n', [Encoding.UTF8.GetString(delivery.Body.Span), .. headers ?? []]));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, Cancellation);
        return messages;
    }
}
