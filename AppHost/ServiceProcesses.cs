using Microsoft.Extensions.Configuration;

namespace Shop.AppHost;

/// <summary>How the services' processes are started.</summary>
internal static class ServiceProcesses
{
    /// <summary>
    /// Starts the services' built programs: a <c>dotnet run</c> around each would cost seconds of CPU and stand between a
    /// service and its signals. Clients connect to a service itself, without the orchestrator's proxy in between, unless
    /// it has replicas.
    /// </summary>
    public static IDistributedApplicationBuilder RunServicesDirectly(this IDistributedApplicationBuilder builder)
    {
        // At the start, because a test may set replicas until then.
        builder.Eventing.Subscribe<BeforeStartEvent>((starting, _) =>
        {
            foreach (var project in starting.Model.GetProjectResources())
            {
                project.Annotations.Add(RunBuilt(project.GetProjectMetadata()));
                if (project.GetReplicaCount() == 1)
                    project.ConnectDirectly(anyPort: builder.Configuration.RandomizesPorts());
            }
            return Task.CompletedTask;
        });
        return builder;
    }

    /// <summary>The path of a project's program, without an extension, in the configuration that this program was built in.</summary>
    public static string BuiltProgram(IProjectMetadata project)
    {
        // bin/Debug/net10.0, or as this program was built.
        var folders = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        var output = string.Join(Path.DirectorySeparatorChar, folders[^3..]);
        return Path.Combine(Path.GetDirectoryName(project.ProjectPath)!, output, Path.GetFileNameWithoutExtension(project.ProjectPath));
    }

    private static ExecutableAnnotation RunBuilt(IProjectMetadata project)
        => new() { Command = BuiltProgram(project), WorkingDirectory = Path.GetDirectoryName(project.ProjectPath)! };

    private static void ConnectDirectly(this ProjectResource project, bool anyPort)
    {
        foreach (var endpoint in project.Annotations.OfType<EndpointAnnotation>())
        {
            endpoint.IsProxied = false;
            // A port of a direct endpoint is never randomized by the orchestrator.
            if (anyPort)
                (endpoint.Port, endpoint.TargetPort) = (null, null);
        }
    }
}
