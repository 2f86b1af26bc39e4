using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Messages;

/// <summary>
/// Stores messages in the same transaction as the data that they describe. <see cref="OutboxPublisher{TContext}"/> publishes
/// each at least once; consumers deduplicate by the message's id (see <see cref="Inbox{TContext}"/>).
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="time">The clock.</param>
public sealed class Outbox<TContext>(IOptions<OutboxOptions> options, TimeProvider time) : IDisposable where TContext : DbContext
{
    private readonly long _countInterval = time.TimestampFrequency;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private long _countedAt = time.GetTimestamp() - time.TimestampFrequency;
    private int _unpublished;

    /// <summary>The last counted number of unpublished messages.</summary>
    internal int Unpublished => Volatile.Read(ref _unpublished);

    /// <summary>Adds a message to the context, with the current trace context: one trace spans the request and all consumers.</summary>
    public void Add<TMessage>(TContext db, TMessage message) where TMessage : class
    {
        var now = time.GetUtcNow();
        db.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Type = typeof(TMessage).FullName!,
            Payload = JsonSerializer.Serialize(message),
            TraceParent = Activity.Current?.Id,
            // The caller sends it, in any length; an order must not fail because it does not fit in its column.
            TraceState = Activity.Current?.TraceStateString is { Length: <= OutboxMessage.MaxTraceState } state ? state : null,
            CreatedAt = now,
        });
    }

    /// <summary>Saves the context's changes in one transaction and wakes the publisher.</summary>
    public async Task SaveAsync(TContext db, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        Wake();
    }

    /// <summary>Wakes the publisher. Call it after committing a transaction without <see cref="SaveAsync"/>.</summary>
    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another request has woken the publisher in between.
        }
    }

    /// <summary>Whether the number of unpublished messages has reached its limit. Counted at most once a second.</summary>
    public async ValueTask<bool> IsFullAsync(TContext db, CancellationToken cancellationToken)
    {
        await CountAsync(db, cancellationToken);
        return Unpublished >= options.Value.MaxUnpublished;
    }

    internal async ValueTask CountAsync(TContext db, CancellationToken cancellationToken)
    {
        var (now, last) = (time.GetTimestamp(), Volatile.Read(ref _countedAt));
        if (now - last < _countInterval || Interlocked.CompareExchange(ref _countedAt, now, last) != last)
            return;
        // Counting stops at the limit: a larger number makes no difference.
        var unpublished = await db.Set<OutboxMessage>().Where(row => row.Fault == null).OrderBy(row => row.Id)
            .Take(options.Value.MaxUnpublished).CountAsync(cancellationToken);
        Volatile.Write(ref _unpublished, unpublished);
    }

    internal Task WaitAsync(CancellationToken cancellationToken) => _wake.WaitAsync(options.Value.PollInterval, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _wake.Dispose();
}
