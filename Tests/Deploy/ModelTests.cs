using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using k8s.Models;
using Shop.Tests.AppHost;

namespace Shop.Tests.Deploy;

/// <summary>The manifests describe the same Shop as the AppHost's application model.</summary>
public sealed class ModelTests
{
    // The Lab's page reaches the services by port-forwarding; only the weekly baseline runs in the cluster.
    private static readonly string[] OutsideTheCluster = ["lab"];
    // What a service reads of its environment. Aspire sets more: for other languages, and for its dashboard.
    private static readonly string[] Read = ["ConnectionStrings__", "services__", "Lab__Key", "OTEL_TRACES_SAMPLER"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EachServiceOfTheModelIsADeploymentWithItsReferencesAndEnvironment()
    {
        var manifests = await Manifests.BuildAsync("fixed");
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(Cancellation);
        var projects = builder.Resources.OfType<ProjectResource>().Where(project => !OutsideTheCluster.Contains(project.Name)).ToList();

        Assert.Equal(
            Sorted(projects.Select(project => project.Name)), Sorted(manifests.Deployments.Select(deployment => deployment.Name())));
        foreach (var project in projects)
        {
            var variables = manifests.Deployments.Single(deployment => deployment.Name() == project.Name)
                .Spec.Template.Spec.Containers[0].Env.Select(variable => variable.Name);
            var expected = (await EnvironmentAsync(builder, project)).Where(IsRead);
            Assert.Equal(Sorted(expected.Select(WithoutHyphens).Distinct()), Sorted(variables.Where(IsRead).Select(WithoutHyphens)));
        }
    }

    [Fact]
    public async Task AServiceIsReachedAtTheAddressThatItsCallersHave()
    {
        var manifests = await Manifests.BuildAsync("fixed");
        var addresses = manifests.Deployments.SelectMany(deployment => deployment.Spec.Template.Spec.Containers[0].Env)
            .Where(variable => variable.Name.StartsWith("services__", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(addresses);
        foreach (var address in addresses)
        {
            var uri = new Uri(address.Value);
            var service = Assert.Single(manifests.Services, service => service.Name() == uri.Host);
            Assert.Equal($"services__{uri.Host}__http__0", address.Name);
            Assert.Equal(uri.Port, Assert.Single(service.Spec.Ports).Port);
            var target = Assert.Single(manifests.Deployments, deployment =>
                service.Spec.Selector.All(label => deployment.Spec.Template.Metadata.Labels.Contains(label)));
            var container = target.Spec.Template.Spec.Containers[0];
            Assert.Equal(service.Spec.Ports[0].TargetPort, Assert.Single(container.Ports).Name);
            Assert.Contains(container.Env, variable => variable.Name == "ASPNETCORE_HTTP_PORTS" && variable.Value == $"{uri.Port}");
        }
    }

    /// <summary>Who may call whom, by the policies, is who references whom in the model.</summary>
    [Fact]
    public async Task ThePoliciesAllowTheReferencesOfTheModelAndNothingElse()
    {
        var manifests = await Manifests.BuildAsync("fixed");
        foreach (var caller in manifests.Deployments)
        {
            foreach (var called in manifests.Deployments)
            {
                var isReferenced = caller.Spec.Template.Spec.Containers[0].Env
                    .Any(variable => variable.Name == $"services__{called.Name()}__http__0");
                Assert.Equal(isReferenced, manifests.Allow(LabelsOf(caller), LabelsOf(called)));
            }
        }
    }

    private static IDictionary<string, string> LabelsOf(V1Deployment deployment) => deployment.Spec.Template.Metadata.Labels;

    private static async Task<IEnumerable<string>> EnvironmentAsync(IDistributedApplicationTestingBuilder builder, ProjectResource project)
    {
        var context = new EnvironmentCallbackContext(
            new DistributedApplicationExecutionContext(DistributedApplicationOperation.Run), project, cancellationToken: Cancellation);
        foreach (var annotation in project.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(context);
        return context.EnvironmentVariables.Keys;
    }

    // Aspire sets a name with hyphens twice, for shells that do not pass it on.
    private static string WithoutHyphens(string variable) => variable.Replace('-', '_');

    private static bool IsRead(string variable) => Read.Any(prefix => variable.StartsWith(prefix, StringComparison.Ordinal));

    private static IEnumerable<string> Sorted(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);
}
