using Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;
using LocalAspire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL
{
    /// <summary>Settings of the Npgsql contexts, bound from <c>Aspire:Npgsql:EntityFrameworkCore:PostgreSQL</c>.</summary>
    public class NpgsqlEntityFrameworkCorePostgreSQLSettings
    {
        /// <summary>The connection string; <c>ConnectionStrings:{name}</c> comes before it.</summary>
        public string? ConnectionString { get; set; }

        /// <summary>Leaves out the retries of failed commands.</summary>
        public bool DisableRetry { get; set; }

        /// <summary>Leaves out the health check.</summary>
        public bool DisableHealthChecks { get; set; }

        /// <summary>Leaves out Npgsql's spans.</summary>
        public bool DisableTracing { get; set; }

        /// <summary>Leaves out Npgsql's metrics.</summary>
        public bool DisableMetrics { get; set; }

        /// <summary>The command timeout, in seconds; the provider's default without it.</summary>
        public int? CommandTimeout { get; set; }
    }
}

namespace Microsoft.Extensions.Hosting
{
    /// <summary>The contexts of Aspire.Npgsql.EntityFrameworkCore.PostgreSQL.</summary>
    public static class AspireEFPostgreSqlExtensions
    {
        /// <summary>Registers a pooled context for the connection string of that name, with retries, health check, traces and metrics.</summary>
        public static void AddNpgsqlDbContext<TContext>(this IHostApplicationBuilder builder, string connectionName,
            Action<NpgsqlEntityFrameworkCorePostgreSQLSettings>? configureSettings = null, Action<DbContextOptionsBuilder>? configureDbContextOptions = null)
            where TContext : DbContext
        {
            var settings = new NpgsqlEntityFrameworkCorePostgreSQLSettings();
            builder.Configuration.GetSection("Aspire:Npgsql:EntityFrameworkCore:PostgreSQL").Bind(settings);
            settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
            configureSettings?.Invoke(settings);

            builder.Services.AddDbContextPool<TContext>(options =>
            {
                UseNpgsql(options, connectionName, settings);
                configureDbContextOptions?.Invoke(options);
            });
            if (!settings.DisableHealthChecks)
                builder.Services.AddHealthChecks().AddCheck<DbContextHealthCheck<TContext>>(typeof(TContext).Name);
            if (!settings.DisableTracing)
                builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource("Npgsql"));
            if (!settings.DisableMetrics)
                builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("Npgsql"));
        }

        private static void UseNpgsql(DbContextOptionsBuilder options, string connectionName, NpgsqlEntityFrameworkCorePostgreSQLSettings settings)
        {
            // EF's design-time tools build the context without a configuration and never connect.
            if (settings.ConnectionString is null && !EF.IsDesignTime)
                throw new InvalidOperationException($"The database context needs a connection string: set ConnectionStrings:{connectionName}.");
            options.UseNpgsql(settings.ConnectionString, npgsql =>
            {
                if (!settings.DisableRetry)
                    npgsql.EnableRetryOnFailure();
                if (settings.CommandTimeout is { } seconds)
                    npgsql.CommandTimeout(seconds);
            });
        }
    }
}
