using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Servers;

/// <summary>Gives resources their local program and their health check.</summary>
internal static class ServerPrograms
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Fetches at the same time all programs that the resources need and this machine lacks.</summary>
    public static Task FetchAsync(IEnumerable<IResource> resources, IProgress<string> progress, CancellationToken cancellationToken)
        => Task.WhenAll(resources.DistinctBy(resource => resource.GetType()).Select(resource => resource switch
        {
            PostgresServerResource => PostgresProgram.LocateAsync(progress, cancellationToken),
            RedisResource => RedisProgram.LocateAsync(progress, cancellationToken),
            RabbitMQServerResource => RabbitMQProgram.LocateAsync(progress, cancellationToken),
            _ => Task.CompletedTask,
        }));

    public static IResourceBuilder<T> WithLocalServer<T>(this IResourceBuilder<T> builder, Func<LocalServerContext, IProgress<string>, CancellationToken, Task<LocalServerLaunch>> prepare) where T : ContainerResource
        => builder.WithAnnotation(new LocalServerAnnotation((context, cancellation) => prepare(context, new LoggedProgress(context.Logger), cancellation)));

    /// <summary>A health check as the real packages register it: under the resource's name, bounded in time. There is one instance of it for the whole run.</summary>
    public static IResourceBuilder<T> WithHandshake<T>(this IResourceBuilder<T> builder, Func<IServiceProvider, IHealthCheck> create) where T : IResource
    {
        var key = $"{builder.Resource.Name}_check";
        builder.ApplicationBuilder.Services.AddKeyedSingleton(key, (services, _) => create(services));
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(
            new HealthCheckRegistration(key, services => services.GetRequiredKeyedService<IHealthCheck>(key), failureStatus: null, tags: null, HandshakeTimeout));
        return builder.WithHealthCheck(key);
    }
}
