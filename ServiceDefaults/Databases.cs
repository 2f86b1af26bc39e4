using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults.Messages;

namespace Shop.ServiceDefaults;

/// <summary>What the services' databases have in common: bounds, and migrations before anything is served.</summary>
public static class Databases
{
    private const int MaxPoolSize = 20;

    /// <summary>The connection string with a bounded pool, unless it has a bound of its own.</summary>
    public static string? WithBoundedPool(this string? connectionString)
    {
        const string key = "Maximum Pool Size";
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        if (connectionString is null || parts.ContainsKey(key))
            return connectionString;
        parts[key] = MaxPoolSize;
        return parts.ConnectionString;
    }

    /// <summary>Leaves the log of a failed command or save to whoever catches its exception: a lost race for a key is no error.</summary>
    public static DbContextOptionsBuilder LogFailuresOnce(this DbContextOptionsBuilder options)
        => options.ConfigureWarnings(events => events.Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));

    /// <summary>Applies the context's migrations before the service serves or consumes; waits for a database that is still coming up.</summary>
    public static void AddMigrations<TContext>(this IHostApplicationBuilder builder) where TContext : DbContext
        => builder.Services.AddHostedService<DatabaseMigration<TContext>>();
}

/// <inheritdoc cref="Databases.AddMigrations" />
internal sealed partial class DatabaseMigration<TContext>(IServiceScopeFactory scopes, TimeProvider time, ILogger<DatabaseMigration<TContext>> logger)
    : IHostedLifecycleService where TContext : DbContext
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    // StartingAsync runs before any other hosted service starts: neither a request nor a message meets an old schema.
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
            var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
            // Asked for a history that is not there yet, the migrator logs an error for what is a first start.
            await database.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
            await database.MigrateAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (Outages.IsOutage(exception))
        {
            LogWaiting(logger, exception.Message);
            return false;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "The database takes no connection yet: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
