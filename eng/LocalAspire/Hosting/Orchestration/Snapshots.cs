using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LocalAspire.Orchestration;

/// <summary>The names of a resource's processes.</summary>
internal sealed class InstancesAnnotation(IReadOnlyList<string> names) : IResourceAnnotation
{
    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>What the orchestrator reads from and adds to resources and their snapshots.</summary>
internal static class SnapshotExtensions
{
    public static IReadOnlyList<string> InstanceIds(this IResource resource)
        => resource.TryGetLastAnnotation<InstancesAnnotation>(out var instances) ? instances.Names : [resource.Name];

    public static bool IsHealthy(this CustomResourceSnapshot snapshot) => snapshot is { HealthStatus: HealthStatus.Healthy, IsReady: true };

    public static bool HasEnded(this CustomResourceSnapshot snapshot) => snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

    public static CustomResourceSnapshot WithCommandsOf(this CustomResourceSnapshot snapshot, IResource resource, IServiceProvider services)
        => snapshot with { Commands = [.. resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => Command(c, snapshot, services))] };

    public static CustomResourceSnapshot WithProperty(this CustomResourceSnapshot snapshot, string name, string displayName, object? value, bool sensitive = false)
        => snapshot with
        {
            Properties = snapshot.Properties.RemoveAll(p => p.Name == name)
                .Add(new ResourcePropertySnapshot(name, value) { DisplayName = displayName, IsSensitive = sensitive }),
        };

    private static ResourceCommandSnapshot Command(ResourceCommandAnnotation c, CustomResourceSnapshot snapshot, IServiceProvider services)
        => new(c.Name, State(c, snapshot, services), c.DisplayName, c.DisplayDescription, null, c.ConfirmationMessage, c.IconName, c.IconVariant, c.IsHighlighted) { Arguments = c.Arguments };

    private static ResourceCommandState State(ResourceCommandAnnotation command, CustomResourceSnapshot snapshot, IServiceProvider services)
    {
        try
        {
            return command.UpdateState(new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = services });
        }
        catch (Exception)
        {
            // The AppHost's own code: its failure must not stop the resource's state from being told.
            return ResourceCommandState.Disabled;
        }
    }
}
