using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Orchestration;

/// <summary>What resources look like before their process starts, and those that have none.</summary>
internal static class Initial
{
    public static CustomResourceSnapshot Of(IResource resource, CustomResourceSnapshot snapshot)
    {
        var icon = resource.Annotations.OfType<ResourceIconAnnotation>().LastOrDefault();
        snapshot = snapshot with
        {
            CreationTimeStamp = DateTime.UtcNow,
            Relationships = Relationships(resource),
            IconName = icon?.IconName ?? snapshot.IconName,
            IconVariant = icon?.IconVariant ?? snapshot.IconVariant,
            State = snapshot.State ?? State(resource),
            Volumes = [.. resource.Annotations.OfType<ContainerMountAnnotation>().Select(m => new VolumeSnapshot(m.Source, m.Target, "bind", m.IsReadOnly))],
        };
        return resource switch
        {
            ProjectResource project => snapshot.WithProperty("project.path", "Project", project.ProjectMetadata().ProjectPath),
            ParameterResource parameter => snapshot.WithProperty("Value", "Value", parameter.Value, parameter.Secret),
            _ => snapshot,
        };
    }

    public static CustomResourceSnapshot Follow(CustomResourceSnapshot child, CustomResourceSnapshot parent)
    {
        var state = parent.State?.Text == KnownResourceStates.Running && !parent.IsReady ? KnownResourceStates.Starting : parent.State;
        return child with
        {
            State = state, StartTimeStamp = parent.StartTimeStamp, StopTimeStamp = parent.StopTimeStamp,
            IsReady = child.IsReady && state?.Text == KnownResourceStates.Running,
        };
    }

    private static ResourceStateSnapshot? State(IResource resource)
        => resource is ParameterResource ? new(KnownResourceStates.Running, KnownResourceStateStyles.Success)
            : !Orchestrator.IsProcess(resource) ? null
            : new(resource.HasAnnotationOfType<ExplicitStartupAnnotation>() ? KnownResourceStates.NotStarted : KnownResourceStates.Starting, null);

    private static System.Collections.Immutable.ImmutableArray<RelationshipSnapshot> Relationships(IResource resource)
    {
        var all = resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type));
        return [.. (resource is IResourceWithParent child ? all.Append(new RelationshipSnapshot(child.Parent.Name, "Parent")) : all).Distinct()];
    }
}
