using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using LocalAspire.Dcp;
using LocalAspire.Servers;

namespace LocalAspire.Orchestration;

/// <summary>Says what process an instance of a resource is: program, arguments, environment.</summary>
internal sealed class LaunchResolver(IServiceProvider services, ResourceLoggerService loggers, string runFolder, IReadOnlyDictionary<string, string> telemetry)
{
    // The orchestrator reads values as Go templates. These marks, which no user's text holds, stand for the braces of our own until the text around them is escaped.
    public const string Open = "\u0001", Close = "\u0002";

    // The one that runs this process, so that the services get the same runtime.
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    public async Task<DcpObject<ExecutableSpec, ExecutableStatus>> ResolveAsync(IResource resource, string instance, string name, CancellationToken cancellation)
    {
        List<object> arguments = [];
        Dictionary<string, object> environment = [];
        var (program, workingDirectory) = resource switch
        {
            ProjectResource project => Project(project, instance, arguments, environment),
            ExecutableResource executable => (executable.Command, executable.WorkingDirectory),
            _ => await ServerAsync(resource, arguments, environment, cancellation),
        };
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
            await annotation.Callback(new EnvironmentCallbackContext(resource, environment, cancellation));
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
            await annotation.Callback(new CommandLineArgsCallbackContext(arguments, resource, cancellation));
        List<string> args = [];
        foreach (var argument in arguments)
            args.Add(await ValueAsync(argument, cancellation));
        List<EnvVar> env = [];
        foreach (var (key, value) in environment)
            env.Add(new EnvVar(key, await ValueAsync(value, cancellation)));
        Dictionary<string, string> annotations = new() { ["resource-name"] = resource.Name, ["instance"] = instance };
        if (resource.Annotations.OfType<ServiceProducerAnnotation>().Select(a => a.Producer).ToList() is { Count: > 0 } producers)
            annotations["service-producer"] = JsonSerializer.Serialize(producers, DcpJson.Options);
        return new("Executable", new DcpMetadata(name, annotations), new ExecutableSpec(program, workingDirectory, args, env, new AmbientEnvironment("Inherit")));
    }

    private (string Program, string WorkingDirectory) Project(ProjectResource project, string instance, List<object> arguments, Dictionary<string, object> environment)
    {
        var built = project.Metadata();
        if (!File.Exists(built.AssemblyPath))
            throw new DistributedApplicationException($"{built.AssemblyPath} is missing. Build it: dotnet build {built.ProjectPath}");
        arguments.AddRange(["exec", built.AssemblyPath]);
        foreach (var (key, value) in telemetry)
            environment[key] = value;
        environment["OTEL_SERVICE_NAME"] = project.Name;
        environment["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={instance[(project.Name.Length + 1)..]}";
        environment["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        environment["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";
        var urls = project.GetEndpoints().Where(e => e.IsWeb).Select(e => $"{e.Scheme}://localhost:{e.EndpointAnnotation.AllocatedEndpoint!.TargetPortExpression ?? e.EndpointAnnotation.AllocatedEndpoint.Port.ToString()}").ToList();
        if (urls.Count > 0)
            environment["ASPNETCORE_URLS"] = string.Join(';', urls);
        return (Dotnet, Path.GetDirectoryName(built.ProjectPath)!);
    }

    private async Task<(string Program, string WorkingDirectory)> ServerAsync(IResource resource, List<object> arguments, Dictionary<string, object> environment, CancellationToken cancellation)
    {
        if (!resource.TryGetLastAnnotation<LocalServerAnnotation>(out var server))
            throw new DistributedApplicationException("It is a container, and there is no container engine here. Build with the real packages: dotnet run --project AppHost -p:AspirePackages=true");
        var data = resource.TryGetLastAnnotation<ContainerMountAnnotation>(out var mount) ? mount.Source : Path.Combine(runFolder, resource.Name);
        var port = resource.Annotations.OfType<EndpointAnnotation>().First().AllocatedEndpoint!.Port;
        var launch = await server.Prepare(new LocalServerContext(resource.Name, data, port, loggers.GetLogger(resource.Name), services), cancellation);
        arguments.AddRange(launch.Arguments);
        foreach (var (key, value) in launch.Environment)
            environment[key] = value;
        return (launch.Executable, launch.WorkingDirectory);
    }

    private static async ValueTask<string> ValueAsync(object value, CancellationToken cancellation)
    {
        var text = value is IValueProvider provider ? await provider.GetValueAsync(cancellation) : Convert.ToString(value, CultureInfo.InvariantCulture);
        return (text ?? "").Replace("{{", """{{"{{"}}""", StringComparison.Ordinal).Replace(Open, "{{", StringComparison.Ordinal).Replace(Close, "}}", StringComparison.Ordinal);
    }
}
