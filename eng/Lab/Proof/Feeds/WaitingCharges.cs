using System.Text.Json;
using RabbitMQ.Client;
using Shop.ServiceDefaults.Messages;

namespace Shop.Lab.Proof.Feeds;

/// <summary>The orders that wait for Payments, in the queue from which it would charge them.</summary>
internal static class WaitingCharges
{
    /// <summary>Takes all that wait: each order with its message's id, which stays the same if the message is published again.</summary>
    public static async Task<IReadOnlyList<(Guid Order, Guid Message)>> TakeAsync(Uri bus, CancellationToken cancellationToken)
    {
        await using var connection = await new ConnectionFactory { Uri = bus }.CreateConnectionAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var taken = new List<(Guid, Guid)>();
        while (await channel.BasicGetAsync(MessageQueues.PaymentsCharges, autoAck: true, cancellationToken) is { } message)
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(message.Body.Span, JsonSerializerOptions.Web)!;
            taken.Add((envelope.Message.OrderId, envelope.MessageId));
        }
        return taken;
    }

    private sealed record Envelope(Guid MessageId, Placed Message);

    private sealed record Placed(Guid OrderId);
}
