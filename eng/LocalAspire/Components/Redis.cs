using Aspire.StackExchange.Redis;
using LocalAspire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis
{
    /// <summary>Settings of the Redis client, bound from <c>Aspire:StackExchange:Redis</c>.</summary>
    public sealed class StackExchangeRedisSettings
    {
        /// <summary>The connection string; <c>ConnectionStrings:{name}</c> comes before it.</summary>
        public string? ConnectionString { get; set; }

        /// <summary>Leaves out the health check.</summary>
        public bool DisableHealthChecks { get; set; }

        /// <summary>Leaves out the spans of the commands.</summary>
        public bool DisableTracing { get; set; }
    }
}

namespace Microsoft.Extensions.Hosting
{
    /// <summary>The Redis client of Aspire.StackExchange.Redis.</summary>
    public static class AspireRedisExtensions
    {
        /// <summary>Registers <see cref="IConnectionMultiplexer"/> for the connection string of that name, with health check and tracing.</summary>
        public static void AddRedisClient(this IHostApplicationBuilder builder, string connectionName,
            Action<StackExchangeRedisSettings>? configureSettings = null, Action<ConfigurationOptions>? configureOptions = null)
        {
            var settings = new StackExchangeRedisSettings();
            builder.Configuration.GetSection("Aspire:StackExchange:Redis").Bind(settings);
            settings.ConnectionString = builder.Configuration.GetConnectionString(connectionName) ?? settings.ConnectionString;
            configureSettings?.Invoke(settings);

            builder.Services.AddSingleton<IConnectionMultiplexer>(services => Connect(services, connectionName, settings, configureOptions));
            if (!settings.DisableHealthChecks)
                builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("StackExchange.Redis");
            if (settings.DisableTracing)
                return;
            builder.Services.AddSingleton<RedisSpans>();
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(RedisSpans.SourceName));
        }

        private static ConnectionMultiplexer Connect(IServiceProvider services, string connectionName, StackExchangeRedisSettings settings,
            Action<ConfigurationOptions>? configureOptions)
        {
            var options = ConfigurationOptions.Parse(settings.ConnectionString
                ?? throw new InvalidOperationException($"The Redis client needs a connection string: set ConnectionStrings:{connectionName}."));
            configureOptions?.Invoke(options);
            var connection = ConnectionMultiplexer.Connect(options);
            services.GetService<RedisSpans>()?.Attach(connection);
            return connection;
        }
    }
}
