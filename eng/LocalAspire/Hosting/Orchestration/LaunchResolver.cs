using System.Runtime.InteropServices;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Dcp;
using LocalAspire.Servers;

namespace LocalAspire.Orchestration;

/// <summary>Says what process an instance of a resource is: program, arguments, environment.</summary>
internal sealed class LaunchResolver(IServiceProvider services, DistributedApplicationExecutionContext execution, ResourceLoggerService loggers, RunFolder folder,
    IReadOnlyDictionary<string, string> telemetry)
{
    // The one that runs this process, so that the services get the same runtime.
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    public async Task<DcpObject<ExecutableSpec, ExecutableStatus>> ResolveAsync(IResource resource, string instance, string name, CancellationToken cancellation)
    {
        var arguments = new List<object>();
        var environment = new Dictionary<string, object>();
        var (program, workingDirectory) = resource switch
        {
            ProjectResource project => Project(project, instance, arguments, environment),
            ExecutableResource executable => (executable.Command, executable.WorkingDirectory),
            _ => await ServerAsync(resource, arguments, environment, cancellation).ConfigureAwait(false),
        };
        await CallAsync(resource, arguments, environment, cancellation).ConfigureAwait(false);
        var caller = new ValueProviderContext { Caller = resource };
        var variables = new List<EnvVar>();
        foreach (var (key, value) in environment)
            if (await ValueAsync(value, caller, cancellation).ConfigureAwait(false) is { } text)
                variables.Add(new EnvVar(key, text));
        var resolved = new List<string>();
        foreach (var argument in arguments)
            resolved.Add(await ValueAsync(argument, caller, cancellation).ConfigureAwait(false) ?? "");
        return new("Executable", new DcpMetadata(name, Annotations(resource, instance)), new ExecutableSpec(program, workingDirectory, resolved, variables, new AmbientEnvironment("Inherit")));
    }

    private (string Program, string WorkingDirectory) Project(ProjectResource project, string instance, List<object> arguments, Dictionary<string, object> environment)
    {
        var metadata = project.ProjectMetadata();
        if (!File.Exists(metadata.AssemblyPath))
            throw new DistributedApplicationException($"Project '{project.Name}' is not built: {metadata.AssemblyPath} is missing. Build it: dotnet build {metadata.ProjectPath}");
        arguments.AddRange(["exec", metadata.AssemblyPath]);
        foreach (var (key, value) in telemetry)
            environment[key] = value;
        environment["OTEL_SERVICE_NAME"] = project.Name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance[(project.Name.Length + 1)..]}";
        environment["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        environment["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
        var urls = project.GetEndpoints().Where(e => e.IsHttp || e.IsHttps)
            .Select(e => $"{e.Scheme}://{e.EndpointAnnotation.TargetHost}:{e.EndpointAnnotation.AllocatedEndpoint!.TargetPortExpression ?? e.Port.ToString()}").ToList();
        if (urls.Count > 0)
            environment["ASPNETCORE_URLS"] = string.Join(';', urls);
        return (Dotnet, Path.GetDirectoryName(metadata.ProjectPath)!);
    }

    private async Task<(string Program, string WorkingDirectory)> ServerAsync(IResource resource, List<object> arguments, Dictionary<string, object> environment, CancellationToken cancellation)
    {
        if (!resource.TryGetLastAnnotation<LocalServerAnnotation>(out var server))
            throw new DistributedApplicationException($"'{resource.Name}' is a container, and there is no container engine here. Build with the real packages: dotnet run --project AppHost -p:AspirePackages=true");
        var data = resource.TryGetLastAnnotation<ContainerMountAnnotation>(out var mount) ? mount.Source! : Path.Combine(folder.Path, resource.Name);
        var port = resource.Annotations.OfType<EndpointAnnotation>().FirstOrDefault()?.AllocatedEndpoint?.Port ?? 0;
        var launch = await server.Prepare(new LocalServerContext(resource.Name, data, port, loggers.GetLogger(resource), services), cancellation).ConfigureAwait(false);
        arguments.AddRange(launch.Arguments);
        foreach (var (key, value) in launch.Environment)
            environment[key] = value;
        return (launch.Executable, launch.WorkingDirectory);
    }

    private async Task CallAsync(IResource resource, List<object> arguments, Dictionary<string, object> environment, CancellationToken cancellation)
    {
        var environmentContext = new EnvironmentCallbackContext(execution, resource, environment, cancellation) { Logger = loggers.GetLogger(resource) };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
            await annotation.Callback(environmentContext).ConfigureAwait(false);
        var argumentsContext = new CommandLineArgsCallbackContext(arguments, resource, cancellation);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
            await annotation.Callback(argumentsContext).ConfigureAwait(false);
    }

    // The services' proxies send to this process; it finds its own port through the template in its environment.
    private static Dictionary<string, string> Annotations(IResource resource, string instance)
    {
        var annotations = new Dictionary<string, string> { ["resource-name"] = resource.Name, ["instance"] = instance };
        var producers = resource.Annotations.OfType<ServiceProducerAnnotation>().Select(a => a.Producer).ToList();
        if (producers.Count > 0)
            annotations["service-producer"] = JsonSerializer.Serialize(producers, DcpJson.Options);
        return annotations;
    }

    private static async ValueTask<string?> ValueAsync(object value, ValueProviderContext caller, CancellationToken cancellation)
    {
        var text = value switch
        {
            IValueProvider provider => await provider.GetValueAsync(caller, cancellation).ConfigureAwait(false),
            IResourceBuilder<IResource> { Resource: IValueProvider provider } => await provider.GetValueAsync(caller, cancellation).ConfigureAwait(false),
            _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
        };
        return text is null ? null : Templates.Escape(text);
    }
}
