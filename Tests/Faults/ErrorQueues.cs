using Aspire.Hosting;
using Aspire.Hosting.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Shop.ServiceDefaults.Messages;

namespace Shop.Tests.Faults;

/// <summary>The queues of messages that no consumer could work on.</summary>
internal static class ErrorQueues
{
    public static readonly IReadOnlyList<string> All =
        [.. new[] { MessageQueues.PaymentsCharges, MessageQueues.OrdersStatus, MessageQueues.DocumentsInvoices, MessageQueues.SessionsOrderedLines }.Select(Of)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string Of(string queue) => $"{queue}_error";

    public static async Task<IConnection> ConnectAsync(DistributedApplication app)
        => await new ConnectionFactory { Uri = new Uri((await app.GetConnectionStringAsync("bus", Cancellation))!) }.CreateConnectionAsync(Cancellation);

    /// <summary>Those that hold messages, with how many.</summary>
    public static async Task<IReadOnlyList<string>> FilledAsync(DistributedApplication app)
    {
        await using var connection = await ConnectAsync(app);
        var filled = new List<string>();
        foreach (var queue in All)
        {
            if (await CountAsync(connection, queue) is > 0 and var messages)
                filled.Add($"{queue}: {messages}");
        }
        return filled;
    }

    public static async Task<uint> CountAsync(IConnection connection, string queue)
    {
        // A passive declaration of a queue that does not exist yet closes its channel, hence one of its own.
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, Cancellation)).MessageCount;
        }
        catch (OperationInterruptedException)
        {
            return 0;
        }
    }

    /// <summary>Throws away what a queue holds.</summary>
    public static async Task EmptyAsync(IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.QueuePurgeAsync(queue, Cancellation);
    }
}
