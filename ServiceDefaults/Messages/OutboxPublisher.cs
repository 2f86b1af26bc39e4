using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using MassTransit.Logging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;

namespace Shop.ServiceDefaults.Messages;

/// <summary>
/// Publishes the outbox in batches, oldest first, and deletes the messages that the broker has confirmed. Replicas can publish
/// concurrently: each skips rows that another has locked. While the bus or the database is unavailable, at most one batch is in memory.
/// </summary>
internal sealed partial class OutboxPublisher<TContext>(
    IServiceScopeFactory scopes, Outbox<TContext> outbox, IBus bus, OutboxMetrics metrics, IHostApplicationLifetime lifetime,
    IOptions<OutboxOptions> options, TimeProvider time, ILogger<OutboxPublisher<TContext>> logger)
    : BackgroundService where TContext : DbContext
{
    private const string NextBatchSql = "SELECT * FROM outbox WHERE fault IS NULL ORDER BY id LIMIT {0} FOR UPDATE SKIP LOCKED";

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMilliseconds(100);
    private static readonly ActivitySource Source = new("Shop.Outbox");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.Observe(outbox);
        await WaitForStartAsync(stoppingToken);
        for (var failures = 0; ;)
        {
            try
            {
                var batch = await NextBatchAsync(stoppingToken);
                if (batch.Failure is null)
                {
                    failures = 0;
                    if (batch.Taken < options.Value.BatchSize)
                        await outbox.WaitAsync(stoppingToken);
                    continue;
                }
                LogPublishFailed(logger, batch.Published, batch.Taken, batch.Failure);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogReadFailed(logger, exception);
            }
            await Task.Delay(Backoff(failures++), time, stoppingToken);
        }
    }

    private TimeSpan Backoff(int failures)
    {
        var pause = FirstBackoff * Math.Pow(2, Math.Min(failures, 10));
        return pause < options.Value.MaxBackoff ? pause : options.Value.MaxBackoff;
    }

    // The bus starts with the host: publishing before that would only wait for it while the rows are locked.
    private async Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private async Task<Batch> NextBatchAsync(CancellationToken cancellationToken)
    {
        // No spans for polling: one empty trace per second would hide the shop's traces.
        using var suppressed = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        await outbox.CountAsync(db, cancellationToken);
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(token => PublishBatchAsync(db, token), cancellationToken);
    }

    private async Task<Batch> PublishBatchAsync(TContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var rows = await db.Set<OutboxMessage>().FromSqlRaw(NextBatchSql, options.Value.BatchSize).AsNoTracking()
            .ToListAsync(cancellationToken);
        if (rows.Count == 0)
            return default;

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(options.Value.PublishTimeout);
        var failures = await Task.WhenAll(rows.Select(row => TryPublishAsync(row, timeout.Token)));

        // Confirmed messages are deleted even while the service stops; otherwise they would be published again.
        var published = rows.Where((_, index) => failures[index] is null).Select(row => row.Id).ToArray();
        await db.Set<OutboxMessage>().Where(row => published.Contains(row.Id)).ExecuteDeleteAsync(CancellationToken.None);
        await MarkFaultedAsync(db, rows.Where((_, index) => failures[index] is JsonException));
        await transaction.CommitAsync(CancellationToken.None);
        return new Batch(rows.Count, published.Length, failures.FirstOrDefault(failure => failure is not (null or JsonException)));
    }

    private async Task<Exception?> TryPublishAsync(OutboxMessage row, CancellationToken cancellationToken)
    {
        using var traced = SuppressInstrumentationScope.Begin(false);
        ActivityContext.TryParse(row.TraceParent, row.TraceState, isRemote: true, out var parent);
        using var span = Source.StartActivity("outbox publish", ActivityKind.Internal, parent);
        try
        {
            var type = ContractOf(row);
            var message = JsonSerializer.Deserialize(row.Payload, type) ?? throw new JsonException("The payload is null.");
            // A publish whose channel was disposed may never end, whatever its token: see MessageQueues.DeclareOnlyQueue.
            await bus.Publish(message, type, context => Identify(context, row), cancellationToken).WaitAsync(cancellationToken);
            metrics.Published(typeof(TContext), time.GetUtcNow() - row.CreatedAt);
            return null;
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            return exception;
        }
    }

    // MassTransit sends the trace context only of what is traced: the consumers would begin a trace of what its caller asked not to trace.
    private static void Identify(PublishContext context, OutboxMessage row)
    {
        context.MessageId = row.Id;
        context.Headers.Set(DiagnosticHeaders.ActivityId, row.TraceParent);
    }

    // Only the Shop's contracts: a row must not be able to name any other type to instantiate.
    private static Type ContractOf(OutboxMessage row)
        => typeof(OrderPlaced).Assembly.GetType(row.Type) ?? throw new JsonException($"'{row.Type}' is not a contract of this version.");

    private async Task MarkFaultedAsync(TContext db, IEnumerable<OutboxMessage> unreadable)
    {
        const string Fault = "The payload cannot be deserialized as its contract.";
        foreach (var row in unreadable)
        {
            LogFaulted(logger, row.Id, row.Type);
            await db.Set<OutboxMessage>().Where(other => other.Id == row.Id)
                .ExecuteUpdateAsync(update => update.SetProperty(other => other.Fault, Fault), CancellationToken.None);
        }
    }

    private readonly record struct Batch(int Taken, int Published, Exception? Failure);

    [LoggerMessage(LogLevel.Warning, "The bus confirmed {Published} of {Taken} messages of an outbox batch; the others will be retried")]
    private static partial void LogPublishFailed(ILogger logger, int published, int taken, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The outbox could not be read; it will be retried")]
    private static partial void LogReadFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "Outbox message {Id} of type {Type} cannot be published and was marked as faulted")]
    private static partial void LogFaulted(ILogger logger, Guid id, string type);
}
