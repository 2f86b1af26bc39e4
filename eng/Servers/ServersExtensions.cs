using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Runs Postgres, Redis, RabbitMQ and Prometheus as processes of this machine where no container engine runs.</summary>
public static class ServersExtensions
{
    /// <summary>
    /// Configures what runs the servers: <c>containers</c> or <c>processes</c>. Unset: containers if an engine runs, else processes.
    /// </summary>
    public const string ConfigurationKey = "Shop:Servers";

    private const string Containers = "containers";
    private const string Processes = "processes";

    /// <summary>
    /// Puts a process in the place of each container resource, unless a container engine runs. The application model stays
    /// as it was written: names, connection strings, databases, health checks, commands and who waits for whom. Call it when
    /// the model is complete.
    /// </summary>
    /// <exception cref="DistributedApplicationException">
    /// <see cref="ConfigurationKey"/> has another value, the system is not Linux, or a container resource cannot run as a process.
    /// </exception>
    public static IDistributedApplicationBuilder RunServers(this IDistributedApplicationBuilder builder)
    {
        var servers = builder.Resources.OfType<ContainerResource>().ToArray();
        if (builder.ExecutionContext.IsPublishMode || servers.Length == 0 || builder.RunsContainers())
            return builder;
        if (!OperatingSystem.IsLinux())
            throw new DistributedApplicationException(
                "The servers run as processes on Linux only, and no container engine is running. Start one, for example Docker or Podman.");
        // The servers are to be gone before their folder is.
        builder.Configuration["DcpPublisher:WaitForResourceCleanup"] = "true";
        builder.Services.AddSingleton<RunFolder>();
        foreach (var server in servers)
            builder.RunAsProcess(server, ScriptOf(server));
        return builder;
    }

    /// <summary>Whether servers run as containers in this run.</summary>
    /// <exception cref="DistributedApplicationException"><see cref="ConfigurationKey"/> has another value.</exception>
    public static bool RunsContainers(this IDistributedApplicationBuilder builder) => builder.Configuration[ConfigurationKey] switch
    {
        null or "" => ContainerEngine.IsRunning(builder.AppHostAssembly),
        Containers => true,
        Processes => false,
        var other => throw new DistributedApplicationException(
            $"{ConfigurationKey} is '{other}'. It can be '{Containers}' or '{Processes}'."),
    };

    private static string ScriptOf(ContainerResource server) => server switch
    {
        PostgresServerResource => "postgres.sh",
        RedisResource => "redis.sh",
        RabbitMQServerResource => "rabbitmq.sh",
        PrometheusResource => "prometheus.sh",
        _ => throw new DistributedApplicationException(
            $"'{server.Name}' can only run as a container, and no container engine is used. Start one, for example Docker or Podman."),
    };

    private static void RunAsProcess(this IDistributedApplicationBuilder builder, ContainerResource server, string script)
    {
        if (server is RabbitMQServerResource)
            builder.CreateResourceBuilder(server).WithEndpoint(name: "epmd").WithEndpoint(name: "distribution");
        // What only a container has goes. The process shares the rest.
        foreach (var annotation in server.Annotations.Where(IsOfContainer).ToArray())
            server.Annotations.Remove(annotation);
        builder.Resources.Remove(server);

        var process = builder.AddResource(new ServerProcess(server))
            .WithArgs(Path.Combine(AppContext.BaseDirectory, "servers", script))
            .WithEnvironment(context => SetDataFolder(server, context))
            .WithoutHttpsCertificate();
        foreach (var endpoint in server.Annotations.OfType<EndpointAnnotation>())
        {
            // No proxy between the server and its clients, and any free port instead of the image's.
            (endpoint.IsProxied, endpoint.TargetPort) = (false, null);
            process.WithEnvironment($"PORT_{endpoint.Name}", process.GetEndpoint(endpoint.Name).Property(EndpointProperty.TargetPort));
        }
        builder.ForwardEvents(process.Resource, server);
    }

    private static bool IsOfContainer(IResourceAnnotation annotation)
        => annotation is ContainerImageAnnotation or CommandLineArgsCallbackAnnotation
        or CertificateTrustConfigurationCallbackAnnotation or HttpsCertificateConfigurationCallbackAnnotation;

    // The folder that the container would mount to write, else one of this run.
    private static void SetDataFolder(ContainerResource server, EnvironmentCallbackContext context)
    {
        var mount = server.Annotations.OfType<ContainerMountAnnotation>()
            .FirstOrDefault(mount => mount is { Type: ContainerMountType.BindMount, IsReadOnly: false });
        if (mount is { Source: { } folder })
        {
            context.EnvironmentVariables["DATA"] = folder;
            return;
        }
        var run = context.ExecutionContext.Services.GetRequiredService<RunFolder>();
        context.EnvironmentVariables["RUN"] = run.Path;
        context.EnvironmentVariables["DATA"] = run.Of(server.Name);
    }

    // Health checks and databases know the container, so it is told what the process is told.
    private static void ForwardEvents(this IDistributedApplicationBuilder builder, ServerProcess process, ContainerResource server)
    {
        var databases = builder.Resources.OfType<IResourceWithParent>().Where(child => child.Parent == server).ToArray();
        foreach (var database in databases)
            database.Annotations.Add(new ResourceRelationshipAnnotation(process, "Parent"));
        // Not blocking: the orchestrator fails on an event of a container that it does not run, and only the health check is to have it.
        builder.Eventing.Subscribe<ConnectionStringAvailableEvent>(process, (available, cancellation)
            => builder.Eventing.PublishAsync(
                new ConnectionStringAvailableEvent(server, available.Services), EventDispatchBehavior.NonBlockingConcurrent, cancellation));
        builder.Eventing.Subscribe<ResourceReadyEvent>(process, async (ready, cancellation) =>
        {
            await builder.Eventing.PublishAsync(new ResourceReadyEvent(server, ready.Services), cancellation);
            await PublishStateAsync(ready.Services, KnownResourceStates.Running);
        });
        builder.Eventing.Subscribe<ResourceStoppedEvent>(
            process, (stopped, _) => PublishStateAsync(stopped.Services, KnownResourceStates.Exited));

        // The orchestrator does this for the databases of containers only.
        Task PublishStateAsync(IServiceProvider services, string state) => Task.WhenAll(databases.Select(database
            => services.GetRequiredService<ResourceNotificationService>()
                .PublishUpdateAsync(database, snapshot => snapshot with { State = state })));
    }
}
