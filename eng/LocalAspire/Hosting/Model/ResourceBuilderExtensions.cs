namespace Aspire.Hosting;

/// <summary>The With methods of every resource: endpoints, health, what comes first, commands, environment, arguments, references.</summary>
public static class ResourceBuilderExtensions
{
    // No proxy, no logging of requests that come every few seconds.
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });
    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name) where T : IResourceWithEndpoints => new(builder.Resource, name);

    public static IResourceBuilder<T> WithHttpEndpoint<T>(this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null,
        string? env = null, bool? isProxied = null) where T : IResourceWithEndpoints
        => builder.GetEndpoint(name ?? "http").Exists
            ? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' already has an endpoint '{name}': give the second one a name.")
            : builder.WithAnnotation(new EndpointAnnotation("http", name ?? "http", port, targetPort, isProxied ?? true) { Variable = env });

    public static IResourceBuilder<T> WithHttpHealthCheck<T>(this IResourceBuilder<T> builder, string? path = null, int? statusCode = null,
        string? endpointName = null) where T : IResourceWithEndpoints
    {
        var endpoint = builder.Resource.GetEndpoints().FirstOrDefault(e => e.Scheme == "http" && (endpointName is null || e.EndpointName == endpointName))
            ?? throw new DistributedApplicationException($"Resource '{builder.Resource.Name}' has no HTTP endpoint {endpointName}: add it before its health check.");
        return builder.WithAnnotation(HttpCheck(endpoint, path ?? "/", statusCode ?? 200));
    }

    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency) where T : IResourceWithWaitSupport
        => builder.WithAnnotation(new WaitAnnotation(dependency.Resource)).Related(dependency.Resource, "WaitFor");

    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder) where T : IResource
        => builder.WithAnnotation(new ExplicitStartupAnnotation());

    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string name, string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions? commandOptions = null) where T : IResource
        => builder.WithAnnotation(new ResourceCommandAnnotation(name, displayName, executeCommand, commandOptions ?? new CommandOptions()));

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value) where T : IResourceWithEnvironment
        => builder.WithEnvironment(context => context.EnvironmentVariables[name] = value ?? "");

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, IResourceBuilder<ParameterResource> parameter)
        where T : IResourceWithEnvironment
        => builder.WithEnvironment(context => context.EnvironmentVariables[name] = parameter.Resource).Related(parameter.Resource, "Reference");

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment => builder.WithAnnotation(new EnvironmentCallbackAnnotation(callback));

    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args) where T : IResourceWithArgs
        => builder.WithAnnotation(new CommandLineArgsAnnotation(args));

    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source) where TDestination : IResourceWithEnvironment
        => builder.Related(source.Resource, "Reference").WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.GetEndpoints())
                context.EnvironmentVariables[$"services__{source.Resource.Name}__{endpoint.EndpointName}__0"] = endpoint;
        });

    public static IResourceBuilder<TDestination> WithReference<TDestination>(this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source, string? connectionName = null, bool optional = false) where TDestination : IResourceWithEnvironment
        => builder.Related(source.Resource, "Reference")
            .WithEnvironment(context => context.EnvironmentVariables[$"ConnectionStrings__{connectionName ?? source.Resource.Name}"] = source.Resource);

    internal static HealthCheckAnnotation HttpCheck(EndpointReference endpoint, string path, int status)
        => new($"{endpoint.Resource.Name}_{endpoint.EndpointName}_{path}_{status}_check", async cancellation =>
        {
            using var response = await Http.GetAsync(new Uri(new Uri(endpoint.Url), path), cancellation);
            if ((int)response.StatusCode != status)
                throw new HttpRequestException($"{endpoint.Url}{path} answered {(int)response.StatusCode} instead of {status}.");
        });

    private static IResourceBuilder<T> Related<T>(this IResourceBuilder<T> builder, IResource other, string type) where T : IResource
        => builder.WithAnnotation(new ResourceRelationshipAnnotation(other, type));
}

/// <summary>Adds projects. Their launch profiles are not read: endpoints and environment are those that the AppHost gives.</summary>
public static class ProjectResourceBuilderExtensions
{
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new() => builder.AddResource(new ProjectResource(name)).WithAnnotation(new TProject());

    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
        => builder.WithAnnotation(new ReplicaAnnotation(replicas));
}

public static class ExecutableResourceBuilderExtensions
{
    public static IResourceBuilder<ExecutableResource> AddExecutable(this IDistributedApplicationBuilder builder, string name, string command,
        string workingDirectory, params string[]? args)
        => builder.AddResource(new ExecutableResource(name, command, Path.GetFullPath(workingDirectory, builder.AppHostDirectory))).WithArgs(args ?? []);
}

public static class ContainerResourceBuilderExtensions
{
    /// <summary>Has no effect here: a local server has the version that is installed or fetched.</summary>
    public static IResourceBuilder<T> WithImageTag<T>(this IResourceBuilder<T> builder, string tag) where T : ContainerResource => builder;
}
