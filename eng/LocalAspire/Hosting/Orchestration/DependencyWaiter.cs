using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Orchestration;

/// <summary>Waits for what a resource waits for. With a dashboard a failed dependency may be started again by hand, so it is waited for on; else the dependent fails too.</summary>
internal sealed class DependencyWaiter(ResourceNotificationService notifications, DistributedApplicationOptions options)
{
    public Task WaitAsync(IResource resource, ILogger logger, CancellationToken cancellation)
        => Task.WhenAll(resource.Annotations.OfType<WaitAnnotation>().DistinctBy(w => (w.Resource, w.WaitType))
            .SelectMany(wait => wait.Resource.InstanceIds().Select(id => WaitAsync(wait, id, logger, cancellation))));

    private async Task WaitAsync(WaitAnnotation wait, string id, ILogger logger, CancellationToken cancellation)
    {
        var name = wait.Resource.Name;
        Log.Waiting(logger, name, wait.WaitType);
        var stops = (wait.WaitBehavior ?? (options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable)) == WaitBehavior.StopOnResourceUnavailable;
        var reached = await notifications.WaitForResourceAsync(id, e => IsReached(wait, e.Snapshot) || ((stops || wait.WaitType == WaitType.WaitForCompletion) && e.Snapshot.HasEnded()), cancellation).ConfigureAwait(false);
        if (!IsReached(wait, reached.Snapshot))
            throw new DistributedApplicationException($"dependency '{name}' is {reached.Snapshot.State?.Text}{(reached.Snapshot.ExitCode is { } code ? $" with exit code {code}" : "")}.");
        Log.Waited(logger, name);
    }

    private static bool IsReached(WaitAnnotation wait, CustomResourceSnapshot snapshot) => wait.WaitType switch
    {
        WaitType.WaitUntilHealthy => snapshot.IsHealthy(),
        WaitType.WaitUntilStarted => snapshot.State?.Text == KnownResourceStates.Running,
        _ => snapshot.State?.Text is { } state && (state == KnownResourceStates.Finished || state == KnownResourceStates.Exited) && (snapshot.ExitCode ?? 0) == wait.ExitCode,
    };
}
