namespace LocalAspire.Orchestration;

/// <summary>What resources are before their process starts: their instances, their first snapshot, and the commands that every process has.</summary>
internal static class InitialState
{
    public static bool IsProcess(this IResource resource) => resource is ProjectResource or ExecutableResource or ContainerResource;

    public static IReadOnlyList<string> InstanceIds(this IResource resource)
        => resource.TryGetLastAnnotation<InstancesAnnotation>(out var instances) ? instances.Names : [resource.Name];

    public static IBuiltProject Built(this ProjectResource project) => project.Annotations.OfType<IBuiltProject>().Single();

    // As in the genuine AppHost: tests choose ports at random.
    public static bool RandomizesPorts(this IConfiguration configuration) => configuration.GetValue<bool>("DcpPublisher:RandomizePorts");

    public static CustomResourceSnapshot Of(IResource resource)
    {
        var relationships = resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type));
        if (resource is IResourceWithParent child)
            relationships = relationships.Append(new RelationshipSnapshot(child.Parent.Name, "Parent"));
        var snapshot = new CustomResourceSnapshot
        {
            ResourceType = resource.GetType().Name.Replace("Resource", "", StringComparison.Ordinal),
            Properties = [],
            CreationTimeStamp = DateTime.UtcNow,
            Relationships = [.. relationships.Distinct()],
            // What has no process is there from the beginning; its health says whether it can be used.
            State = !resource.IsProcess() ? KnownResourceStates.Running
                : resource.HasAnnotationOfType<ExplicitStartupAnnotation>() ? KnownResourceStates.NotStarted : KnownResourceStates.Starting,
            IsHidden = resource.HasAnnotationOfType<HiddenAnnotation>(),
        };
        return resource is ProjectResource project ? snapshot.WithProperty("project.path", "Project", project.Built().ProjectPath) : snapshot;
    }

    public static void AddLifecycleCommands(this IResource resource)
    {
        Add(resource, KnownResourceCommands.StartCommand, "Start", "Play", (process, cancellation) => process.StartAsync(cancellation),
            s => s.HasEnded || s.State?.Text == KnownResourceStates.NotStarted);
        Add(resource, KnownResourceCommands.StopCommand, "Stop", "Stop", (process, cancellation) => process.StopAsync(cancellation), s => s.IsRunning);
        Add(resource, KnownResourceCommands.RestartCommand, "Restart", "ArrowCounterclockwise", async (process, cancellation) =>
        {
            await process.StopAsync(cancellation);
            await process.StartAsync(cancellation);
        }, s => s.IsRunning);
    }

    private static void Add(IResource resource, string name, string displayName, string icon, Func<ProcessInstance, CancellationToken, Task> execute,
        Func<CustomResourceSnapshot, bool> isPossible)
        => resource.Annotations.Add(new ResourceCommandAnnotation(name, displayName, async context =>
        {
            await execute(context.Services.GetRequiredService<Orchestrator>().Instance(context.ResourceName), context.CancellationToken);
            return CommandResults.Success();
        }, new CommandOptions
        {
            IconName = icon,
            IsHighlighted = name != KnownResourceCommands.RestartCommand,
            UpdateState = context => isPossible(context.ResourceSnapshot) ? ResourceCommandState.Enabled : ResourceCommandState.Hidden,
        }));
}
