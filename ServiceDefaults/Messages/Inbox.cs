using MassTransit;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Shop.ServiceDefaults.Messages;

/// <summary>Makes a consumer's effect happen once, however often the bus delivers its message.</summary>
/// <param name="db">The context of the consumer's scope.</param>
/// <param name="time">The clock.</param>
/// <param name="outbox">The context's outbox, if it has one.</param>
public sealed class Inbox<TContext>(TContext db, TimeProvider time, Outbox<TContext>? outbox = null) where TContext : DbContext
{
    /// <summary>
    /// Runs the effect and saves what it changed in the context together with the inbox row, in one transaction.
    /// What the effect does outside the context must bear repetition: the process may die before the commit.
    /// </summary>
    /// <returns>False where the message had been handled before; then nothing changes.</returns>
    public async Task<bool> HandleOnceAsync(ConsumeContext context, string consumer, Func<CancellationToken, Task> effect)
    {
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be told from its repeat.");
        var cancellation = context.CancellationToken;
        if (await IsHandledAsync(messageId, consumer, cancellation))
            return false;
        await effect(cancellation);
        db.Add(new InboxMessage { MessageId = messageId, Consumer = consumer, HandledAt = time.GetUtcNow() });
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            // Delivered twice at once and the other was first; any other violation is the effect's own and stays an error.
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
