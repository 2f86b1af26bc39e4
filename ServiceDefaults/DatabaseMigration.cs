using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.ServiceDefaults.Messages;

namespace Shop.ServiceDefaults;

/// <summary>
/// Applies the context's migrations before the service accepts requests or messages; waits for a database server that is still starting.
/// </summary>
internal sealed partial class DatabaseMigration<TContext>(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<DatabaseMigration<TContext>> logger)
    : IHostedLifecycleService where TContext : DbContext
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    // StartingAsync runs before any other hosted service starts, so no request or message is processed with an old schema.
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        while (!await TryMigrateAsync(cancellationToken))
            await Task.Delay(RetryInterval, time, cancellationToken);
    }

    private async Task<bool> TryMigrateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<TContext>().Database.MigrateAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (Outages.IsOutage(exception) || IsDuplicateCreation(exception))
        {
            LogWaiting(logger, exception.Message);
            return false;
        }
    }

    // The migrator creates a missing database; the AppHost or another replica may create it at the same time.
    private static bool IsDuplicateCreation(Exception exception)
        => exception is PostgresException { SqlState: PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation };

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "The database does not accept connections yet: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
