using Aspire.StackExchange.Redis;
using OpenTelemetry;

namespace Aspire.StackExchange.Redis
{
    public sealed class StackExchangeRedisSettings
    {
        public string? ConnectionString { get; set; }
    }
}

namespace Microsoft.Extensions.Hosting
{
    /// <summary>The Redis client, with health check and tracing.</summary>
    public static class AspireRedisExtensions
    {
        public static void AddRedisClient(this IHostApplicationBuilder builder, string connectionName,
            Action<StackExchangeRedisSettings>? configureSettings = null, Action<ConfigurationOptions>? configureOptions = null)
        {
            var settings = new StackExchangeRedisSettings { ConnectionString = builder.Configuration.GetConnectionString(connectionName) };
            configureSettings?.Invoke(settings);
            builder.Services.AddSingleton<RedisSpans>();
            builder.Services.AddSingleton<IConnectionMultiplexer>(services =>
            {
                var options = ConfigurationOptions.Parse(settings.ConnectionString
                    ?? throw new InvalidOperationException($"The Redis client needs a connection string: set ConnectionStrings:{connectionName}."));
                configureOptions?.Invoke(options);
                var connection = ConnectionMultiplexer.Connect(options);
                services.GetRequiredService<RedisSpans>().Attach(connection);
                return connection;
            });
            builder.Services.AddHealthChecks().AddCheck<RedisHealthCheck>("StackExchange.Redis");
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(RedisSpans.SourceName));
        }
    }
}

namespace LocalAspire
{
    internal sealed class RedisHealthCheck(IConnectionMultiplexer connection) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            // A server that hangs keeps its connection and never answers.
            await connection.GetDatabase().PingAsync().WaitAsync(TimeSpan.FromSeconds(2), cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
