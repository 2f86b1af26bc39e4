using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Tools;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Servers;

/// <summary>Fetches a server's program if this machine lacks it.</summary>
internal sealed record ServerProgramAnnotation(Func<IProgress<string>, CancellationToken, Task> Fetch) : IResourceAnnotation;

/// <summary>Gives resources their local program and their health check.</summary>
internal static class ServerPrograms
{
    /// <summary>Fetches at the same time all programs that the resources need and this machine lacks.</summary>
    public static Task FetchAsync(IEnumerable<IResource> resources, IProgress<string> progress, CancellationToken cancellationToken)
        => Task.WhenAll(resources.DistinctBy(resource => resource.GetType()).SelectMany(resource => resource.Annotations.OfType<ServerProgramAnnotation>()).Select(program => program.Fetch(progress, cancellationToken)));

    public static IResourceBuilder<T> WithLocalServer<T, TProgram>(this IResourceBuilder<T> builder, Func<IProgress<string>, CancellationToken, Task<TProgram>> locate,
        Func<TProgram, LocalServerContext, CancellationToken, Task<LocalServerLaunch>> prepare) where T : ContainerResource
        => builder.WithAnnotation(new ServerProgramAnnotation(locate)).WithAnnotation(new LocalServerAnnotation(async (context, cancellation) =>
            await prepare(await locate(new LoggedProgress(context.Logger), cancellation), context, cancellation)));

    /// <summary>A health check as the real packages register it: under the resource's name, one instance for the whole run, bounded in time.</summary>
    public static IResourceBuilder<T> WithHandshake<T>(this IResourceBuilder<T> builder, Handshake handshake) where T : IResource
    {
        var key = $"{builder.Resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, handshake, failureStatus: null, tags: null, TimeSpan.FromSeconds(5)));
        return builder.WithHealthCheck(key);
    }

    public static async Task<string> TextAsync(this IValueProvider value, CancellationToken cancellationToken) => await value.GetValueAsync(cancellationToken) ?? "";
}
