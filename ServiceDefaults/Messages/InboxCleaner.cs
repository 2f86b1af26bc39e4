using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

namespace Shop.ServiceDefaults.Messages;

/// <summary>Deletes inbox rows whose message can no longer be redelivered, in batches that hold locks only briefly.</summary>
internal sealed partial class InboxCleaner<TContext>(IServiceScopeFactory scopes, TimeProvider time, ILogger<InboxCleaner<TContext>> logger)
    : BackgroundService where TContext : DbContext
{
    private const string DeleteBatchSql = "DELETE FROM inbox WHERE ctid IN (SELECT ctid FROM inbox WHERE handled_at < {0} LIMIT {1})";
    private const int BatchSize = 1_000;
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                using var quiet = SuppressInstrumentationScope.Begin();
                while (await CleanAsync(stoppingToken) == BatchSize)
                {
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception);
            }
        }
    }

    /// <summary>Deletes one batch and returns its number of rows.</summary>
    internal async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TContext>();
        return await db.Database.ExecuteSqlRawAsync(DeleteBatchSql, [time.GetUtcNow() - Retention, BatchSize], cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Old inbox rows could not be deleted; the next attempt is in one hour")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
