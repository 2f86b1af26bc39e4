using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.ServiceDefaults.Messages;

namespace Shop.ServiceDefaults;

/// <summary>The services' databases: Postgres through EF Core, registered alike.</summary>
public static class Databases
{
    private const int MaxPoolSize = 20;
    // A waiting customer is told within a few seconds that the database is away.
    private const int MaxRetries = 3;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Adds a service's context with a bounded connection pool, retries, snake_case names, health check and telemetry, its
    /// migrations, which run before the service serves or consumes, and the inbox and the outbox that the context has.
    /// </summary>
    /// <remarks>
    /// A change of the model needs a migration, here for Orders; no database or connection string is needed:
    /// <c>EFDesign=true dotnet ef migrations add Name --project Orders --output-dir Data/Migrations</c>
    /// </remarks>
    /// <param name="builder">The service.</param>
    /// <param name="connectionName">The name of the connection string.</param>
    public static void AddDatabase<TContext>(this IHostApplicationBuilder builder, string connectionName) where TContext : DbContext
    {
        builder.AddNpgsqlDbContext<TContext>(connectionName, settings =>
        {
            // The last of two equal keywords counts, so the connection string can set another size.
            if (settings.ConnectionString is { } connectionString)
                settings.ConnectionString = $"Maximum Pool Size={MaxPoolSize};{connectionString}";
            // Aspire's own retries take up to half a minute; those below replace them.
            settings.DisableRetry = true;
        }, Configure);
        builder.Services.AddHostedService<DatabaseMigration<TContext>>();
        if (typeof(TContext).IsAssignableTo(typeof(IInboxContext)))
            builder.AddInbox<TContext>();
        if (typeof(TContext).IsAssignableTo(typeof(IOutboxContext)))
            builder.AddOutbox<TContext>();
    }

    private static void Configure(DbContextOptionsBuilder options) => options
        .UseNpgsql(npgsql => npgsql.EnableRetryOnFailure(MaxRetries, MaxRetryDelay, errorCodesToAdd: null))
        .UseSnakeCaseNamingConvention()
        // Whoever catches the exception of a failed command or save logs it: a lost race for a key is no error.
        .ConfigureWarnings(events => events.Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
}
