namespace LocalAspire.Orchestration;

/// <summary>A project, and the assembly that was built of it in the AppHost's configuration. The classes that AppHost.targets generates are of this kind.</summary>
public interface IBuiltProject : IProjectMetadata
{
    string AssemblyPath { get; }
}

/// <summary>A process, as it is before what the resource's annotations say.</summary>
internal sealed record Launch(string Program, string WorkingDirectory, IReadOnlyList<string> Arguments, Dictionary<string, object> Environment);

/// <summary>Says what process an instance of a resource is: program, arguments, environment.</summary>
internal sealed class LaunchResolver(ILogger logger, string runFolder, IReadOnlyDictionary<string, string> telemetry)
{
    // The one that runs this process, so that the services get the same runtime.
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    public async Task<Executable> ResolveAsync(IResource resource, string instance, string name, CancellationToken cancellation)
    {
        var launch = resource switch
        {
            ProjectResource project => Project(project, instance),
            ExecutableResource executable => new Launch(executable.Command, executable.WorkingDirectory, [], []),
            _ => await ServerAsync(resource, cancellation),
        };
        var annotations = new Dictionary<string, string> { ["resource-name"] = resource.Name, ["instance"] = instance };
        if (Listen(resource, launch.Environment) is { Count: > 0 } producers)
            annotations["service-producer"] = JsonSerializer.Serialize(producers, DcpJson.Options);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
            annotation.Callback(new EnvironmentCallbackContext(resource, launch.Environment, cancellation));
        List<EnvVar> environment = [];
        foreach (var (key, value) in launch.Environment)
            environment.Add(new EnvVar(key, Escape(value is IValueProvider provider ? await provider.GetValueAsync(cancellation) : value.ToString())));
        var arguments = launch.Arguments.Concat(resource.Annotations.OfType<CommandLineArgsAnnotation>().SelectMany(a => a.Args)).Select(Escape);
        return new Executable(new DcpMetadata(name, annotations),
            new ExecutableSpec(launch.Program, launch.WorkingDirectory, [.. arguments], environment, new AmbientEnvironment("Inherit")));
    }

    // Behind a service of the orchestrator each process has a port of its own, else it listens at the endpoint's address itself.
    private static List<ServiceProducer> Listen(IResource resource, Dictionary<string, object> environment)
    {
        List<ServiceProducer> producers = [];
        List<string> urls = [];
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            var port = endpoint.Service is null ? endpoint.Address!.Value.Port : endpoint.TargetPort ?? FreePorts.Next();
            urls.Add($"{endpoint.Scheme}://{(endpoint.Service is null ? "localhost" : "127.0.0.1")}:{port}");
            if (endpoint.Service is { } service)
                producers.Add(new ServiceProducer(service, port));
            if (endpoint.Variable is { } variable)
                environment[variable] = port;
        }
        if (resource is ProjectResource && urls.Count > 0)
            environment["ASPNETCORE_URLS"] = string.Join(';', urls);
        return producers;
    }

    private Launch Project(ProjectResource project, string instance)
    {
        var built = project.Built();
        if (!File.Exists(built.AssemblyPath))
            throw new DistributedApplicationException($"{built.AssemblyPath} is missing. Build it: dotnet build {built.ProjectPath}");
        return new Launch(Dotnet, Path.GetDirectoryName(built.ProjectPath)!, ["exec", built.AssemblyPath], new(telemetry.Select(v => KeyValuePair.Create(v.Key, (object)v.Value)))
        {
            ["OTEL_SERVICE_NAME"] = project.Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance[(project.Name.Length + 1)..]}",
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
            ["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true",
        });
    }

    private Task<Launch> ServerAsync(IResource resource, CancellationToken cancellation)
    {
        if (!resource.TryGetLastAnnotation<LocalServerAnnotation>(out var server))
            throw new DistributedApplicationException("It is a container, and there is no container engine here. Build with the real packages: dotnet run --project AppHost -p:AspirePackages=true");
        var data = resource.TryGetLastAnnotation<DataFolderAnnotation>(out var lasting) ? lasting.Path : Path.Combine(runFolder, resource.Name);
        var port = resource.Annotations.OfType<EndpointAnnotation>().First().Address!.Value.Port;
        return server.Prepare(new LocalServerContext(resource.Name, data, port, logger), cancellation);
    }

    // The orchestrator reads values as Go templates.
    private static string Escape(string? text) => (text ?? "").Replace("{{", """{{"{{"}}""", StringComparison.Ordinal);
}
