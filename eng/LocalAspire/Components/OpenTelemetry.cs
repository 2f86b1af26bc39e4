using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OpenTelemetry
{
    /// <summary>Configures OpenTelemetry on a service collection, through the SDK's own extension methods.</summary>
    public sealed class OpenTelemetryBuilder(IServiceCollection services) : IOpenTelemetryBuilder
    {
        /// <inheritdoc />
        public IServiceCollection Services { get; } = services;

        /// <summary>Configures the resource that all signals carry.</summary>
        public OpenTelemetryBuilder ConfigureResource(Action<ResourceBuilder> configure)
        {
            OpenTelemetryBuilderSdkExtensions.ConfigureResource(this, configure);
            return this;
        }

        /// <summary>Adds metrics.</summary>
        public OpenTelemetryBuilder WithMetrics(Action<MeterProviderBuilder> configure)
        {
            OpenTelemetryBuilderSdkExtensions.WithMetrics(this, configure);
            return this;
        }

        /// <summary>Adds tracing.</summary>
        public OpenTelemetryBuilder WithTracing(Action<TracerProviderBuilder> configure)
        {
            OpenTelemetryBuilderSdkExtensions.WithTracing(this, configure);
            return this;
        }
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    /// <summary>The entry point of OpenTelemetry.Extensions.Hosting.</summary>
    public static class OpenTelemetryServicesExtensions
    {
        /// <summary>Adds OpenTelemetry, whose providers start and are flushed with the host.</summary>
        public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
        {
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LocalAspire.TelemetryLifetime>());
            return new OpenTelemetryBuilder(services);
        }
    }
}

namespace LocalAspire
{
    /// <summary>Creates the telemetry providers when the host starts; the container disposes them, which flushes.</summary>
    internal sealed class TelemetryLifetime(IServiceProvider services) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            // Nobody injects the providers: without this they would never be created and nothing would be recorded.
            services.GetService<MeterProvider>();
            services.GetService<TracerProvider>();
            services.GetService<LoggerProvider>();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
