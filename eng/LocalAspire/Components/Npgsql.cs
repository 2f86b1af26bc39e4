using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using Microsoft.EntityFrameworkCore;
using OpenTelemetry;

namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL
{
    public class NpgsqlEntityFrameworkCorePostgreSQLSettings
    {
        public string? ConnectionString { get; set; }
    }
}

namespace Microsoft.Extensions.Hosting
{
    /// <summary>Pooled contexts with retries, health check, traces and metrics.</summary>
    public static class AspireEFPostgreSqlExtensions
    {
        public static void AddNpgsqlDbContext<TContext>(this IHostApplicationBuilder builder, string connectionName,
            Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null, Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
            where TContext : DbContext
        {
            var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings { ConnectionString = builder.Configuration.GetConnectionString(connectionName) };
            configureSettings?.Invoke(settings);
            builder.Services.AddDbContextPool<TContext>(options =>
            {
                // EF's design-time tools build the context without a configuration and never connect.
                if (settings.ConnectionString is null && !EF.IsDesignTime)
                    throw new InvalidOperationException($"The database context needs a connection string: set ConnectionStrings:{connectionName}.");
                options.UseNpgsql(settings.ConnectionString, npgsql => npgsql.EnableRetryOnFailure());
                configureDbContextOptions?.Invoke(options);
            });
            builder.Services.AddHealthChecks().AddCheck<DbContextHealthCheck<TContext>>(typeof(TContext).Name);
            builder.Services.AddOpenTelemetry()
                .WithTracing(tracing => tracing.AddSource("Npgsql"))
                .WithMetrics(metrics => metrics.AddMeter("Npgsql"));
        }
    }
}

namespace LocalAspire
{
    internal sealed class DbContextHealthCheck<TContext>(TContext context) : IHealthCheck where TContext : DbContext
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext _, CancellationToken cancellationToken = default)
            => await context.Database.CanConnectAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The database takes no connection.");
    }
}
