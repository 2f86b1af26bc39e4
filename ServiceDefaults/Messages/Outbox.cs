using System.Diagnostics;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Messages;

/// <summary>
/// Stores messages with the data they tell of, so that neither is there without the other. A publisher in the
/// background sends them, at least once each; consumers tell repeats by the message's id (see <see cref="Inbox{TContext}"/>).
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="time">The clock.</param>
public sealed class Outbox<TContext>(IOptions<OutboxOptions> options, TimeProvider time) : IDisposable where TContext : DbContext
{
    private readonly long _measureInterval = time.TimestampFrequency;
    private readonly SemaphoreSlim _wake = new(0, 1);
    private long _measuredAt = time.GetTimestamp() - time.TimestampFrequency;
    private int _unpublished;

    /// <summary>How many messages waited when last counted.</summary>
    internal int Unpublished => Volatile.Read(ref _unpublished);

    /// <summary>Adds a message to the context. It carries the current trace on, so that one trace leads from the request to all consumers.</summary>
    public void Add<TMessage>(TContext db, TMessage message) where TMessage : class
    {
        var now = time.GetUtcNow();
        db.Add(new OutboxMessage
        {
            Id = Guid.CreateVersion7(now),
            Type = typeof(TMessage).FullName!,
            Payload = JsonSerializer.Serialize(message),
            TraceParent = Activity.Current?.Id,
            // The caller's, of any length: what does not fit its column is not worth an order.
            TraceState = Activity.Current?.TraceStateString is { Length: <= OutboxMessage.MaxTraceState } state ? state : null,
            CreatedAt = now,
        });
    }

    /// <summary>Saves what the context holds, in one transaction, and has the messages in it published now.</summary>
    public async Task SaveAsync(TContext db, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        Wake();
    }

    /// <summary>Has the publisher look at once. Call it after the commit of a transaction of your own.</summary>
    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another request woke it in between: one look serves both.
        }
    }

    /// <summary>Whether so many messages wait that new work should be refused. Counted at most once a second.</summary>
    public async ValueTask<bool> IsFullAsync(TContext db, CancellationToken cancellationToken)
    {
        await MeasureAsync(db, cancellationToken);
        return Unpublished >= options.Value.MaxUnpublished;
    }

    internal async ValueTask MeasureAsync(TContext db, CancellationToken cancellationToken)
    {
        var (now, last) = (time.GetTimestamp(), Volatile.Read(ref _measuredAt));
        if (now - last < _measureInterval || Interlocked.CompareExchange(ref _measuredAt, now, last) != last)
            return;
        // Counting stops at the bound: beyond it the figure no longer matters.
        var waiting = await db.Set<OutboxMessage>().Where(row => row.Fault == null).OrderBy(row => row.Id)
            .Take(options.Value.MaxUnpublished).CountAsync(cancellationToken);
        Volatile.Write(ref _unpublished, waiting);
    }

    internal Task WaitAsync(CancellationToken cancellationToken) => _wake.WaitAsync(options.Value.PollInterval, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _wake.Dispose();
}
