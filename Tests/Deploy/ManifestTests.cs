using System.Globalization;
using k8s.Models;
using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Telemetry;
using YamlDotNet.Core;

namespace Shop.Tests.Deploy;

/// <summary>The promises of eng/Deploy, of every overlay.</summary>
public sealed class ManifestTests
{
    private const int ShutdownSeconds = 20;
    private const string PaymentGateway = "gateway";

    public static TheoryData<string> Overlays => [.. Manifests.Overlays];

    [Fact]
    public void AMisspelledFieldIsAnError()
        => Assert.Throws<YamlException>(() => Manifests.Parse("apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  port: []\n"));

    [Theory, MemberData(nameof(Overlays))]
    public async Task APodHasNoPrivilegesAndWritesOnlyToItsTemporaryFolder(string overlay)
    {
        foreach (var deployment in (await Manifests.BuildAsync(overlay)).Deployments)
        {
            var pod = deployment.Spec.Template.Spec;
            var container = Privileges.AssertNone(pod);
            Assert.Equal("/tmp", Assert.Single(container.VolumeMounts).MountPath);
            Assert.NotNull(Assert.Single(pod.Volumes).EmptyDir.SizeLimit);
        }
    }

    /// <summary>A database that is away makes a service unready, and restarts nothing.</summary>
    [Theory, MemberData(nameof(Overlays))]
    public async Task OnlyTheReadinessDependsOnOtherServers(string overlay)
    {
        foreach (var container in (await Manifests.BuildAsync(overlay)).Deployments.Select(Container))
        {
            Assert.Equal(Probes.Alive, container.LivenessProbe.HttpGet.Path);
            Assert.Equal(Probes.Alive, container.StartupProbe.HttpGet.Path);
            Assert.Equal(Probes.Health, container.ReadinessProbe.HttpGet.Path);
            var seconds = container.StartupProbe.PeriodSeconds * container.StartupProbe.FailureThreshold;
            Assert.InRange(seconds!.Value, 3_600, int.MaxValue);
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task AServiceHasTimeToDrain(string overlay)
    {
        foreach (var deployment in (await Manifests.BuildAsync(overlay)).Deployments)
        {
            var wait = Container(deployment).Lifecycle.PreStop.Sleep.Seconds;
            Assert.InRange(deployment.Spec.Template.Spec.TerminationGracePeriodSeconds!.Value, wait + ShutdownSeconds + 1, 120);
            Assert.Equal("0", deployment.Spec.Strategy.RollingUpdate.MaxUnavailable);
        }
    }

    /// <summary>The article's "disruption budget" is only a grace period.</summary>
    [Theory, MemberData(nameof(Overlays))]
    public async Task EachServiceHasABudgetScalesByWhatIsInFlightAndIsSpreadOverTheNodes(string overlay)
    {
        var manifests = await Manifests.BuildAsync(overlay);
        foreach (var deployment in manifests.Deployments.Where(deployment => deployment.Name() != PaymentGateway))
        {
            var labels = deployment.Spec.Template.Metadata.Labels;
            var budget = Assert.Single(manifests.Budgets, budget => Selects(budget.Spec.Selector, labels));
            Assert.Equal("1", budget.Spec.MaxUnavailable);
            var autoscaler = Assert.Single(manifests.Autoscalers, scaler => scaler.Spec.ScaleTargetRef.Name == deployment.Name());
            // With one replica at the least, the budget would allow to evict the only one.
            Assert.InRange(autoscaler.Spec.MinReplicas!.Value, 2, autoscaler.Spec.MaxReplicas);
            Assert.Equal("http_server_active_requests", Assert.Single(autoscaler.Spec.Metrics).Pods.Metric.Name);
            var spread = Assert.Single(deployment.Spec.Template.Spec.TopologySpreadConstraints);
            Assert.True(Selects(spread.LabelSelector, labels));
        }
    }

    /// <summary>The runtime reads it as hexadecimal: "75" would be 117 %.</summary>
    [Theory, MemberData(nameof(Overlays))]
    public async Task TheHeapLimitIsHexadecimalAndBelowTheContainersLimit(string overlay)
    {
        foreach (var container in (await Manifests.BuildAsync(overlay)).Deployments.Select(Container))
        {
            var percent = Assert.Single(container.Env, variable => variable.Name == "DOTNET_GCHeapHardLimitPercent").Value;
            Assert.StartsWith("0x", percent, StringComparison.Ordinal);
            Assert.InRange(int.Parse(percent[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture), 1, overlay == "limits" ? 95 : 74);
            Assert.True(container.Resources.Limits["memory"].ToDecimal() >= container.Resources.Requests["memory"].ToDecimal());
            Assert.DoesNotContain(container.Env, variable => variable.Name == "DOTNET_GCHeapHardLimit");
        }
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task SecretsAreReferencesOnly(string overlay)
    {
        foreach (var variable in (await Manifests.BuildAsync(overlay)).Deployments.Select(Container).SelectMany(container => container.Env))
        {
            var isSecret = variable.Name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase) || variable.Name is "Lab__Key";
            Assert.Equal(isSecret, isSecret && variable.ValueFrom.SecretKeyRef is not null);
            Assert.DoesNotMatch("(?i)password=(?!\\$\\()", variable.Value ?? "");
        }
    }

    [Fact]
    public async Task LeakyNamesEveryRetainedCaseAndFixedNone()
    {
        var leaky = await Manifests.BuildAsync("leaky");
        var cases = Assert.Single(leaky.ConfigMaps, map => map.Name().StartsWith("cases", StringComparison.Ordinal));
        var retained = CaseStudies.All.Where(study => study.Evidence is Retained).Select(study => $"Cases__{study.Id}__Variant");

        Assert.Equal(retained.Order(StringComparer.Ordinal), cases.Data.Keys.Order(StringComparer.Ordinal));
        Assert.All(cases.Data.Values, variant => Assert.Equal(nameof(CaseVariant.Leaky), variant));
        var @fixed = (await Manifests.BuildAsync("fixed")).Deployments.Select(Container).SelectMany(container => container.Env);
        Assert.DoesNotContain(@fixed, variable => variable.Name.StartsWith("Cases__", StringComparison.Ordinal));
    }

    private static V1Container Container(V1Deployment deployment) => Assert.Single(deployment.Spec.Template.Spec.Containers);

    private static bool Selects(V1LabelSelector selector, IDictionary<string, string> labels)
        => selector.MatchLabels.All(label => labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
