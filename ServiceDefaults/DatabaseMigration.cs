using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.ServiceDefaults.Messages;

namespace Shop.ServiceDefaults;

/// <summary>
/// Applies the context's migrations before the service accepts requests or messages; waits for a database server that is still starting,
/// and for a replica that applies them at the same time.
/// </summary>
internal sealed partial class DatabaseMigration<TContext>(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<DatabaseMigration<TContext>> logger)
    : IHostedLifecycleService where TContext : DbContext
{
    private const string Lock = "SELECT pg_advisory_lock(hashtextextended('migrations', 0))";
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
            await MigrateAsync(scope.ServiceProvider.GetRequiredService<TContext>().Database, cancellationToken);
            return true;
        }
        catch (Exception exception) when (Outages.IsOutage(exception) || IsDuplicateCreation(exception))
        {
            LogWaiting(logger, exception.Message);
            return false;
        }
    }

    // EF reads once which migrations are missing, and its own lock ends with each of their transactions: without a lock around all
    // of them, two replicas that start at the same time would both apply the second.
    private static async Task MigrateAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        var creator = database.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken))
            await creator.CreateAsync(cancellationToken);
        // Not pooled, so that the session ends with the connection, and the lock with the session.
        var session = new NpgsqlConnectionStringBuilder(database.GetConnectionString()) { Pooling = false };
        await using var connection = new NpgsqlConnection(session.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Lock, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await database.MigrateAsync(cancellationToken);
    }

    // The AppHost or another replica may create a missing database at the same time.
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
