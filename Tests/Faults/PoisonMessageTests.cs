using System.Text;
using RabbitMQ.Client;
using Shop.ServiceDefaults.Messages;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>A message that no consumer can process is moved to the error queue and does not block the messages behind it.</summary>
[RunningShop(Part.Faults)]
public sealed class PoisonMessageTests(ShopFixture shop)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APoisonMessageIsMovedToTheErrorQueueAndBlocksNoOthers()
    {
        await using var connection = await ErrorQueues.ConnectAsync(shop.App);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        var body = Encoding.UTF8.GetBytes("""
            {"messageType":["urn:message:Shop.ServiceDefaults.Messages:OrderPlaced"],"message":{"orderId":"not an id","total":"many"}}
            """);
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", MessageId = Guid.NewGuid().ToString() };
        await channel.BasicPublishAsync("Shop.ServiceDefaults.Messages:OrderPlaced", "", mandatory: false, properties, body, Cancellation);

        using var customer = await TestCustomer.LogInAsync(shop.App, "poison");
        Assert.NotEqual("Pending", await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync()));

        // Both consumers of placed orders have rejected it.
        foreach (var queue in (string[])[MessageQueues.PaymentsCharges, MessageQueues.SessionsOrderedLines])
        {
            var errors = ErrorQueues.NameFor(queue);
            await Eventually.ReadAsync(
                () => ErrorQueues.CountAsync(connection, errors), count => count == 1, $"the poison message in {errors}");
            await ErrorQueues.PurgeAsync(connection, errors);
        }
    }
}
