using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAspire.Orchestration;

/// <summary>Start, stop and restart, for everything that is a process.</summary>
internal static class LifecycleCommands
{
    public static void AddTo(IResource resource)
    {
        Add(resource, KnownResourceCommands.StartCommand, "Start", "Start the resource", "Play", IconVariant.Filled, isHighlighted: true,
            state => IsStopped(state) || state == KnownResourceStates.Waiting ? ResourceCommandState.Enabled : state == KnownResourceStates.Starting ? ResourceCommandState.Disabled : ResourceCommandState.Hidden,
            (orchestrator, id, cancellation) => orchestrator.StartResourceAsync(id, cancellation));
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop the resource", "Stop", IconVariant.Filled, isHighlighted: true,
            state => state == KnownResourceStates.Running ? ResourceCommandState.Enabled : state == KnownResourceStates.Stopping ? ResourceCommandState.Disabled : ResourceCommandState.Hidden,
            (orchestrator, id, cancellation) => orchestrator.StopResourceAsync(id, cancellation));
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "Stop the resource and start it again", "ArrowCounterclockwise", IconVariant.Regular, isHighlighted: false,
            state => state == KnownResourceStates.Running ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            async (orchestrator, id, cancellation) =>
            {
                await orchestrator.StopResourceAsync(id, cancellation).ConfigureAwait(false);
                await orchestrator.StartResourceAsync(id, cancellation).ConfigureAwait(false);
            });
    }

    private static void Add(IResource resource, string name, string displayName, string description, string icon, IconVariant variant, bool isHighlighted,
        Func<string?, ResourceCommandState> state, Func<Orchestrator, string, CancellationToken, Task> execute)
        => resource.Annotations.Add(new ResourceCommandAnnotation(name, displayName, context => state(context.ResourceSnapshot.State?.Text), async context =>
        {
            await execute(context.Services.GetRequiredService<Orchestrator>(), context.ResourceName, context.CancellationToken).ConfigureAwait(false);
            return CommandResults.Success();
        }, description, arguments: null, confirmationMessage: null, icon, variant, isHighlighted));

    private static bool IsStopped(string? state) => state is not null && (KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.NotStarted || state == "Unknown");
}
