using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Shop.Tests.Monitoring;

/// <summary>What <c>Shop:Monitoring</c> adds to the AppHost.</summary>
public sealed class MonitoringModelTests
{
    private const string Prometheus = "prometheus";
    private const string Grafana = "grafana";
    private const string Target = "TARGET_";

    [Fact]
    public async Task WithoutTheSettingThereIsNoMonitoring()
    {
        await using var builder = await CreateAsync("--Shop:Servers=containers");

        Assert.DoesNotContain(builder.Resources, resource => resource.Name is Prometheus or Grafana);
    }

    [Fact]
    public async Task AsContainersTheyReadTheRulesAndTheDashboardAndWriteNone()
    {
        await using var builder = await CreateAsync("--Shop:Servers=containers", "--Shop:Monitoring=true");
        var containers = builder.Resources.OfType<ContainerResource>().Where(container => container.Name is Prometheus or Grafana).ToList();

        Assert.Equal(["grafana/grafana:11.6.0", "prom/prometheus:v2.53.5"], containers.Select(ImageOf).Order());
        Assert.All(containers, container => Assert.NotEmpty(container.Annotations.OfType<HealthCheckAnnotation>()));
        var mounts = containers.SelectMany(container => container.Annotations.OfType<ContainerMountAnnotation>()).ToList();
        Assert.Equal(4, mounts.Count);
        Assert.All(mounts, mount => Assert.True(mount.IsReadOnly && Directory.EnumerateFiles(
            mount.Source!, "*", SearchOption.AllDirectories).Any(), mount.Source));
    }

    /// <summary>
    /// No container engine runs here, so the model says what the engine would be told: where the files lie, the ports, the address of
    /// Prometheus, and that no argument or variable is a secret.
    /// </summary>
    [Fact]
    public async Task AsContainersTheyHaveTheirFilesPortsAndArgumentsAndNoSecret()
    {
        await using var builder = await CreateAsync("--Shop:Servers=containers", "--Shop:Monitoring=true");
        var (prometheus, grafana) = (Container(builder, Prometheus), Container(builder, Grafana));

        Assert.Equal("/bin/sh", prometheus.Entrypoint);
        Assert.Equal(["/shop/servers/prometheus.sh"], await ArgumentsAsync(prometheus));
        Assert.Equal(["/shop/monitoring", "/shop/servers"], TargetsOf(prometheus));
        Assert.Equal(9090, PortOf(prometheus));
        Assert.Null(grafana.Entrypoint);
        Assert.Empty(await ArgumentsAsync(grafana));
        Assert.Equal(["/etc/grafana/provisioning", "/shop/dashboards"], TargetsOf(grafana));
        Assert.Equal(3000, PortOf(grafana));
        var variables = await VariablesAsync(builder, grafana);
        Assert.Equal(["GF_AUTH_ANONYMOUS_ENABLED", "GF_AUTH_DISABLE_LOGIN_FORM", "PROMETHEUS_URL"], variables.Keys.Order());
        Assert.IsType<ReferenceExpression>(variables["PROMETHEUS_URL"]);
        var targets = await VariablesAsync(builder, prometheus);
        Assert.Equal(
            ["documents", "gateway", "lab", "orders", "payments", "sessions"],
            targets.Keys.Select(name => name[Target.Length..]).Order());
        Assert.DoesNotContain(variables.Values.Concat(targets.Values), value => value is ParameterResource);
    }

    [Fact]
    public async Task AsAProcessThereIsPrometheusAlone()
    {
        await using var builder = await CreateAsync("--Shop:Servers=processes", "--Shop:Monitoring=true");

        var server = Assert.Single(builder.Resources.OfType<ExecutableResource>(), server => server.Name == Prometheus);
        Assert.IsAssignableFrom<IResourceWithConnectionString>(server);
        Assert.NotEmpty(server.Annotations.OfType<HealthCheckAnnotation>());
        Assert.DoesNotContain(builder.Resources, resource => resource.Name == Grafana);
    }

    /// <summary>A container reaches the replicas through the orchestrator's proxy only, so it has one target for all of them.</summary>
    [Theory]
    [InlineData("processes", "gateway lab")]
    [InlineData("containers", "documents gateway lab orders payments sessions")]
    public async Task OfReplicasTheTargetsAreWrittenWhileTheyRun(string servers, string fixedTargets)
    {
        await using var builder = await CreateAsync($"--Shop:Servers={servers}", "--Shop:Monitoring=true", "--Shop:Replicas=2");
        // Built, but not started: what runs as a process has its folder then.
        await using var app = await builder.BuildAsync(TestContext.Current.CancellationToken);
        var prometheus = builder.Resources.Single(resource => resource.Name == Prometheus);
        var targets = (await VariablesAsync(builder, prometheus)).Keys.Where(name => name.StartsWith(Target, StringComparison.Ordinal));

        Assert.Equal(fixedTargets, string.Join(' ', targets.Select(name => name[Target.Length..]).Order()));
    }

    [Fact]
    public async Task TheLabKeepsTheDumpsOfAlertsWhereThatIsConfigured()
    {
        await using var builder = await CreateAsync("--Shop:Monitoring=true", "--Shop:KeepDumps=dumps");
        Assert.Equal(["page", "--keep-dump", Path.GetFullPath("dumps")], await ArgumentsOfLabAsync(builder));
        await using var other = await CreateAsync("--Shop:Monitoring=true");
        Assert.Equal(["page"], await ArgumentsOfLabAsync(other));

        static Task<List<object>> ArgumentsOfLabAsync(IDistributedApplicationTestingBuilder builder)
            => ArgumentsAsync(builder.Resources.Single(resource => resource.Name == "lab"));
    }

    private static ContainerResource Container(IDistributedApplicationTestingBuilder builder, string name)
        => builder.Resources.OfType<ContainerResource>().Single(container => container.Name == name);

    private static IEnumerable<string> TargetsOf(ContainerResource container)
        => container.Annotations.OfType<ContainerMountAnnotation>().Select(mount => mount.Target!).Order();

    private static int? PortOf(ContainerResource container)
        => Assert.Single(container.Annotations.OfType<EndpointAnnotation>()).TargetPort;

    private static async Task<List<object>> ArgumentsAsync(IResource resource)
    {
        var arguments = new List<object>();
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
            await annotation.Callback(new(arguments, resource, TestContext.Current.CancellationToken));
        return arguments;
    }

    private static async Task<Dictionary<string, object>> VariablesAsync(
        IDistributedApplicationTestingBuilder builder, IResource resource)
    {
        var context = new EnvironmentCallbackContext(
            builder.ExecutionContext, resource, cancellationToken: TestContext.Current.CancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(context);
        return context.EnvironmentVariables;
    }

    private static string ImageOf(ContainerResource container)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        return $"{image.Image}:{image.Tag}";
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] args)
        => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(args, TestContext.Current.CancellationToken);
}
