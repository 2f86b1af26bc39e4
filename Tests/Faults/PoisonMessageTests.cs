using System.Text;
using Aspire.Hosting.Testing;
using RabbitMQ.Client;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>A message that no consumer can work on ends in the error queue, and those behind it flow.</summary>
[Collection(ShopTests.Name)]
public sealed class PoisonMessageTests(ShopFixture shop)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task APoisonMessageEndsInTheErrorQueueAndTheOthersFlow()
    {
        var factory = new ConnectionFactory { Uri = new Uri((await shop.App.GetConnectionStringAsync("bus", Cancellation))!) };
        await using var connection = await factory.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        var body = Encoding.UTF8.GetBytes("""{"messageType":["urn:message:Shop.ServiceDefaults.Messages:OrderPlaced"],"message":{"orderId":"not an id","total":"many"}}""");
        var properties = new BasicProperties { ContentType = "application/vnd.masstransit+json", MessageId = Guid.NewGuid().ToString() };
        await channel.BasicPublishAsync("Shop.ServiceDefaults.Messages:OrderPlaced", "", mandatory: false, properties, body, Cancellation);

        using var customer = await TestCustomer.LogInAsync(shop.App, "poison");
        Assert.NotEqual("Pending", await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync()));

        await Eventually.ReadAsync(() => ErrorsAsync(connection, "payments-charges_error"), errors => errors == 1, "the poison message in the error queue");
    }

    private static async Task<uint> ErrorsAsync(IConnection connection, string queue)
    {
        // A passive declaration of a queue that does not exist yet closes its channel, hence one of its own.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, Cancellation)).MessageCount;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return 0;
        }
    }
}
