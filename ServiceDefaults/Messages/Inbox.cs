using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.ServiceDefaults.Messages;

/// <summary>Applies a consumer's effect once, even if the bus delivers its message repeatedly.</summary>
/// <param name="db">The context of the consumer's scope.</param>
/// <param name="time">The clock.</param>
/// <param name="outbox">The context's outbox, or null.</param>
public sealed class Inbox<TContext>(TContext db, TimeProvider time, Outbox<TContext>? outbox = null) where TContext : DbContext
{
    /// <summary>
    /// Runs the effect and saves its changes to the context together with the inbox row, in one transaction.
    /// Effects outside the context must be idempotent: the process may terminate before the commit.
    /// </summary>
    /// <returns>False if the message was already handled; nothing is changed then.</returns>
    public async Task<bool> HandleOnceAsync(ConsumeContext context, string consumer, Func<CancellationToken, Task> effect)
    {
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be deduplicated.");
        var cancellation = context.CancellationToken;
        if (await IsHandledAsync(messageId, consumer, cancellation))
            return false;
        await effect(cancellation);
        db.Add(new InboxMessage { MessageId = messageId, Consumer = consumer, HandledAt = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException exception) when (
            exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Either a concurrent delivery of the same message committed first, or the violation is an error of the effect.
            db.ChangeTracker.Clear();
            if (await IsHandledAsync(messageId, consumer, cancellation))
                return false;
            throw;
        }
        outbox?.Wake();
        return true;
    }

    private Task<bool> IsHandledAsync(Guid messageId, string consumer, CancellationToken cancellationToken)
        => db.Set<InboxMessage>().AnyAsync(row => row.MessageId == messageId && row.Consumer == consumer, cancellationToken);
}
