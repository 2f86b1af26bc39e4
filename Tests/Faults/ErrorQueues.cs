using Aspire.Hosting;
using Aspire.Hosting.Testing;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Shop.Tests.Faults;

/// <summary>The queues of messages that no consumer could process.</summary>
internal static class ErrorQueues
{
    public static readonly IReadOnlyList<string> All = [.. ServiceQueues.All.Select(NameFor)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string NameFor(string queue) => $"{queue}_error";

    public static async Task<IConnection> ConnectAsync(DistributedApplication app)
    {
        var bus = (await app.GetConnectionStringAsync("bus", Cancellation))!;
        return await new ConnectionFactory { Uri = new Uri(bus) }.CreateConnectionAsync(Cancellation);
    }

    /// <summary>The queues that are not empty, with their message counts.</summary>
    public static async Task<IReadOnlyList<string>> NonEmptyAsync(DistributedApplication app)
    {
        await using var connection = await ConnectAsync(app);
        var nonEmpty = new List<string>();
        foreach (var queue in All)
        {
            if (await CountAsync(connection, queue) is > 0 and var messages)
                nonEmpty.Add($"{queue}: {messages}");
        }
        return nonEmpty;
    }

    public static async Task<uint> CountAsync(IConnection connection, string queue)
    {
        // A passive declaration of a queue that does not exist closes its channel, so each declaration uses its own channel.
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

    /// <summary>Deletes all messages of a queue.</summary>
    public static async Task PurgeAsync(IConnection connection, string queue)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancellation);
        await channel.QueuePurgeAsync(queue, Cancellation);
    }
}
