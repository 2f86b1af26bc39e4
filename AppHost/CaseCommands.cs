namespace Shop.AppHost;

/// <summary>The dashboard's commands on each service: switch a case, reset it, collect garbage.</summary>
internal static class CaseCommands
{
    /// <summary>Adds the case commands to a service, authorized by the lab key.</summary>
    public static IResourceBuilder<ProjectResource> WithCaseCommands(this IResourceBuilder<ProjectResource> service, IResourceBuilder<ParameterResource> labKey)
        => service.WithEnvironment("Lab__Key", labKey);
}
