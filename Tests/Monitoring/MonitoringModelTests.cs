using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace Shop.Tests.Monitoring;

/// <summary>What <c>Shop:Monitoring</c> adds to the AppHost.</summary>
public sealed class MonitoringModelTests
{
    private const string Prometheus = "prometheus";
    private const string Grafana = "grafana";

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

    [Fact]
    public async Task AsAProcessThereIsPrometheusAlone()
    {
        await using var builder = await CreateAsync("--Shop:Servers=processes", "--Shop:Monitoring=true");

        var server = Assert.Single(builder.Resources.OfType<ExecutableResource>(), server => server.Name == Prometheus);
        Assert.IsAssignableFrom<IResourceWithConnectionString>(server);
        Assert.NotEmpty(server.Annotations.OfType<HealthCheckAnnotation>());
        Assert.DoesNotContain(builder.Resources, resource => resource.Name == Grafana);
    }

    private static string ImageOf(ContainerResource container)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        return $"{image.Image}:{image.Tag}";
    }

    private static Task<IDistributedApplicationTestingBuilder> CreateAsync(params string[] args)
        => DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(args, TestContext.Current.CancellationToken);
}
