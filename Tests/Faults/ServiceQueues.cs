using Aspire.Hosting;
using RabbitMQ.Client;
using Shop.ServiceDefaults.Messages;

namespace Shop.Tests.Faults;

/// <summary>The queues that the services consume.</summary>
internal static class ServiceQueues
{
    public static readonly IReadOnlyList<string> All =
    [
        MessageQueues.PaymentsCharges,
        MessageQueues.OrdersStatus,
        MessageQueues.DocumentsInvoices,
        MessageQueues.SessionsOrderedLines,
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The queues that no service consumes: a service without the bus is healthy, because orders do not wait for it.</summary>
    public static async Task<string> WithoutConsumerAsync(DistributedApplication app)
        => string.Join(", ", (await ReadAsync(app)).Where(queue => queue.ConsumerCount == 0).Select(queue => queue.QueueName));

    /// <summary>The messages that no consumer has received yet, and the consumers, of each queue.</summary>
    public static async Task<string> DescribeAsync(DistributedApplication app)
        => string.Join(", ", (await ReadAsync(app)).Select(
            queue => $"{queue.QueueName}: {queue.MessageCount} messages, {queue.ConsumerCount} consumers"));

    private static async Task<IReadOnlyList<QueueDeclareOk>> ReadAsync(DistributedApplication app)
    {
        await using var connection = await ErrorQueues.ConnectAsync(app);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        var queues = new List<QueueDeclareOk>();
        foreach (var queue in All)
            queues.Add(await channel.QueueDeclarePassiveAsync(queue, Cancellation));
        return queues;
    }
}
