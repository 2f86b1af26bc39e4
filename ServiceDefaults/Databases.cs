using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults.Messages;

namespace Shop.ServiceDefaults;

/// <summary>Registers the services' databases: Postgres through EF Core.</summary>
public static class Databases
{
    private const int MaxPoolSize = 20;
    // A request fails within a few seconds if the database is unavailable.
    private const int MaxRetries = 3;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Adds a service's context with a bounded connection pool, retries, snake_case names, health check, telemetry, and
    /// migrations that run before the service accepts requests or messages. Adds the inbox and the outbox if the context
    /// contains them. Requests and messages have a context of their scope; singletons create one for each operation, by
    /// <see cref="IDbContextFactory{TContext}" />. Both are from one pool.
    /// </summary>
    /// <remarks>
    /// Each change of the model requires a migration. For Orders (no database or connection string is needed):
    /// <c>EFDesign=true dotnet ef migrations add Name --project Orders --output-dir Data/Migrations</c>
    /// </remarks>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The name of the connection string.</param>
    public static void AddDatabase<TContext>(this IHostApplicationBuilder builder, string connectionName) where TContext : DbContext
    {
        builder.AddNpgsqlDbContext<TContext>(connectionName, settings =>
        {
            // The last of two equal keywords takes effect, so the connection string can override the size.
            if (settings.ConnectionString is { } connectionString)
                settings.ConnectionString = $"Maximum Pool Size={MaxPoolSize};{connectionString}";
            // Aspire's retries take up to half a minute; Configure replaces them.
            settings.DisableRetry = true;
        }, Configure);
        builder.Services.AddPooledDbContextFactory<TContext>(_ => { });
        builder.Services.AddHostedService<DatabaseMigration<TContext>>();
        if (typeof(TContext).IsAssignableTo(typeof(IInboxContext)))
            builder.AddInbox<TContext>();
        if (typeof(TContext).IsAssignableTo(typeof(IOutboxContext)))
            builder.AddOutbox<TContext>();
    }

    private static void Configure(DbContextOptionsBuilder options) => options
        .UseNpgsql(npgsql => npgsql.EnableRetryOnFailure(MaxRetries, MaxRetryDelay, errorCodesToAdd: null))
        .UseSnakeCaseNamingConvention()
        // The code that catches the exception of a failed command decides whether to log it: a unique violation is often expected.
        .ConfigureWarnings(events => events.Log(
            (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
}
