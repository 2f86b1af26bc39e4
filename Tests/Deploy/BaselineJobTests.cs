using k8s.Models;
using Shop.Lab;
using Shop.Lab.Baselines;

namespace Shop.Tests.Deploy;

/// <summary>The promises of eng/Deploy/baseline.</summary>
public sealed class BaselineJobTests
{
    private const string Records = "/records";
    private const string Overlay = "fixed";

    [Fact]
    public async Task ItRunsOnceAWeekAndAGrowthIsAFailedJob()
    {
        var job = (await JobAsync()).Spec;

        Assert.Matches(@"^\d+ \d+ \* \* \d$", job.Schedule);
        Assert.Equal("Forbid", job.ConcurrencyPolicy);
        // A second try compares with the first one's record, and hides the growth.
        Assert.Equal(0, job.JobTemplate.Spec.BackoffLimit);
        Assert.Equal("Never", Pod(job).RestartPolicy);
        Assert.InRange(job.FailedJobsHistoryLimit!.Value, 1, 10);
    }

    [Fact]
    public async Task ItHasNoPrivilegesAndWritesOnlyItsRecordsAndItsTemporaryFolder()
    {
        var pod = Pod((await JobAsync()).Spec);
        var container = Privileges.AssertNone(pod);
        Assert.Equal([Records, "/tmp"], container.VolumeMounts.Select(mount => mount.MountPath));
        Assert.NotNull(Assert.Single(pod.Volumes, volume => volume.EmptyDir is not null).EmptyDir.SizeLimit);
        Assert.NotNull(Assert.Single(container.Env, variable => variable.Name == "Lab__Key").ValueFrom.SecretKeyRef);
        var deployment = (await Manifests.BuildAsync(Overlay)).Deployments.First();
        Assert.Equal(deployment.Spec.Template.Spec.SecurityContext.RunAsUser, pod.SecurityContext.RunAsUser);
    }

    [Fact]
    public async Task ItsRecordsAreOnAVolumeThatOutlivesIt()
    {
        var pod = Pod((await JobAsync()).Spec);
        var container = Assert.Single(pod.Containers);
        var mount = container.VolumeMounts.Single(mount => mount.MountPath == Records);
        var claim = Assert.Single(pod.Volumes, volume => volume.Name == mount.Name).PersistentVolumeClaim.ClaimName;
        Assert.Single((await Manifests.BuildAsync(Overlay)).Claims, found => found.Name() == claim);

        Assert.Equal("shop/lab", container.Image);
        var command = BaselineCommand.Create();
        Assert.Equal(command.Name, container.Args[0]);
        var parsed = command.Parse([.. container.Args.Skip(1)]);
        Assert.Empty(parsed.Errors);
        Assert.StartsWith(Records, parsed.GetValue<string>("--file"), StringComparison.Ordinal);
    }

    /// <summary>By their names, which their lab routes accept with it and without it do not.</summary>
    [Fact]
    public async Task ItReachesTheServicesAndNoOtherPod()
    {
        var manifests = await Manifests.BuildAsync(Overlay);
        var template = (await JobAsync()).Spec.JobTemplate.Spec.Template;
        var environment = Assert.Single(template.Spec.Containers).Env;
        foreach (var deployment in manifests.Deployments)
        {
            var labels = deployment.Spec.Template.Metadata.Labels;
            var isCalled = ShopAddresses.Names.Contains(deployment.Name());
            Assert.Equal(isCalled, manifests.Allow(template.Metadata.Labels, labels));
            var address = environment.SingleOrDefault(variable => variable.Name == $"services__{deployment.Name()}__http__0");
            Assert.Equal(isCalled, address is not null);
            string[] hosts = isCalled ? [new Uri(address!.Value).Host] : [];
            Assert.Equal(hosts, HostsOf(deployment));
        }
        foreach (var overlay in Manifests.Overlays.Except([Overlay]))
        {
            var other = await Manifests.BuildAsync(overlay);
            Assert.Empty(other.CronJobs);
            Assert.All(other.Deployments, deployment => Assert.Empty(HostsOf(deployment)));
        }
    }

    private static async Task<V1CronJob> JobAsync() => Assert.Single((await Manifests.BuildAsync(Overlay)).CronJobs);

    private static V1PodSpec Pod(V1CronJobSpec job) => job.JobTemplate.Spec.Template.Spec;

    private static IEnumerable<string> HostsOf(V1Deployment deployment) => deployment.Spec.Template.Spec.Containers[0].Env
        .Where(variable => variable.Name.StartsWith("Lab__Hosts__", StringComparison.Ordinal)).Select(variable => variable.Value);
}
