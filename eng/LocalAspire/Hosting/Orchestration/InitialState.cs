namespace LocalAspire.Orchestration;

/// <summary>What resources are before their process starts: their instances, their first snapshot, and the commands that every process has.</summary>
internal static class InitialState
{
    public static bool IsProcess(this IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    public static IReadOnlyList<string> InstanceIds(this IResource resource) => resource.TryGetLastAnnotation<InstancesAnnotation>(out var instances) ? instances.Names : [resource.Name];

    public static CustomResourceSnapshot Of(IResource resource)
    {
        var snapshot = resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var given) ? given.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal), Properties = [] };
        var relationships = resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type));
        var icon = resource.Annotations.OfType<ResourceIconAnnotation>().LastOrDefault();
        snapshot = snapshot with
        {
            CreationTimeStamp = DateTime.UtcNow, IconName = icon?.IconName, IconVariant = icon?.IconVariant,
            Relationships = [.. (resource is IResourceWithParent child ? relationships.Append(new RelationshipSnapshot(child.Parent.Name, "Parent")) : relationships).Distinct()],
            Volumes = [.. resource.Annotations.OfType<ContainerMountAnnotation>().Select(m => new VolumeSnapshot(m.Source, m.Target, "bind", m.IsReadOnly))],
            State = !resource.IsProcess() ? null : new(resource.HasAnnotationOfType<ExplicitStartupAnnotation>() ? KnownResourceStates.NotStarted : KnownResourceStates.Starting, null),
        };
        return resource is ProjectResource project ? snapshot.WithProperty("project.path", "Project", project.Metadata().ProjectPath) : snapshot;
    }

    /// <summary>A resource without a process is there while its parent is, once the parent's ready handlers have made it.</summary>
    public static CustomResourceSnapshot Following(this CustomResourceSnapshot child, CustomResourceSnapshot parent)
        => child with
        {
            State = parent.IsRunning && !parent.IsReady ? KnownResourceStates.Starting : parent.State, IsReady = child.IsReady && parent.IsReady,
            StartTimeStamp = parent.StartTimeStamp, StopTimeStamp = parent.StopTimeStamp,
        };

    public static void AddLifecycleCommands(this IResource resource)
    {
        Add(resource, KnownResourceCommands.StartCommand, "Start", "Play", IconVariant.Filled, (process, cancellation) => process.StartAsync(cancellation), snapshot
            => snapshot.HasEnded || snapshot.State?.Text == KnownResourceStates.NotStarted || snapshot.State?.Text == KnownResourceStates.Waiting ? ResourceCommandState.Enabled : ResourceCommandState.Hidden);
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop", IconVariant.Filled, (process, cancellation) => process.StopAsync(cancellation),
            snapshot => snapshot.IsRunning ? ResourceCommandState.Enabled : ResourceCommandState.Hidden);
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", IconVariant.Regular, async (process, cancellation) =>
        {
            await process.StopAsync(cancellation);
            await process.StartAsync(cancellation);
        }, snapshot => snapshot.IsRunning ? ResourceCommandState.Enabled : ResourceCommandState.Disabled);
    }

    private static void Add(IResource resource, string name, string displayName, string icon, IconVariant variant,
        Func<ProcessInstance, CancellationToken, Task> execute, Func<CustomResourceSnapshot, ResourceCommandState> state)
        => resource.Annotations.Add(new ResourceCommandAnnotation(name, displayName, async context =>
        {
            await execute(context.Services.GetRequiredService<Orchestrator>().Instance(context.ResourceName), context.CancellationToken);
            return CommandResults.Success();
        }, new CommandOptions { IconName = icon, IconVariant = variant, IsHighlighted = name != KnownResourceCommands.RestartCommand, UpdateState = context => state(context.ResourceSnapshot) }));
}
