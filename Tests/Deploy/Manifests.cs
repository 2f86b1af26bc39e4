using System.Collections.Concurrent;
using k8s;
using k8s.Models;
using Shop.Lab;

namespace Shop.Tests.Deploy;

/// <summary>The objects of an overlay of eng/Deploy, as <c>kubectl kustomize</c> builds them.</summary>
internal sealed class Manifests
{
    /// <summary>The overlays' names.</summary>
    public static readonly string[] Overlays = ["fixed", "leaky", "limits"];

    // Those of the servers' operators, whose types no library has.
    private static readonly Dictionary<string, Type> CustomTypes = new[]
    {
        "postgresql.cnpg.io/v1/Cluster", "postgresql.cnpg.io/v1/Database", "rabbitmq.com/v1beta1/RabbitmqCluster",
        "redis.redis.opstreelabs.in/v1beta2/Redis",
    }.ToDictionary(name => name, _ => typeof(Dictionary<string, object>));

    private static readonly ConcurrentDictionary<string, Lazy<Task<Manifests>>> Built = new();
    private readonly List<object> _objects;

    private Manifests(string yaml) => _objects = Parse(yaml);

    public IEnumerable<V1Deployment> Deployments => _objects.OfType<V1Deployment>();

    public IEnumerable<V1Service> Services => _objects.OfType<V1Service>();

    public IEnumerable<V1PodDisruptionBudget> Budgets => _objects.OfType<V1PodDisruptionBudget>();

    public IEnumerable<V2HorizontalPodAutoscaler> Autoscalers => _objects.OfType<V2HorizontalPodAutoscaler>();

    public IEnumerable<V1NetworkPolicy> Policies => _objects.OfType<V1NetworkPolicy>();

    public IEnumerable<V1ConfigMap> ConfigMaps => _objects.OfType<V1ConfigMap>();

    public IEnumerable<V1CronJob> CronJobs => _objects.OfType<V1CronJob>();

    public IEnumerable<V1PersistentVolumeClaim> Claims => _objects.OfType<V1PersistentVolumeClaim>();

    /// <summary>Whether the policies let a pod call another one: the caller may send, and the called one receive.</summary>
    public bool Allow(IDictionary<string, string> caller, IDictionary<string, string> called)
        => Of(caller).SelectMany(policy => policy.Spec.Egress ?? []).SelectMany(rule => rule.To).Any(peer => IsPeer(peer, called))
        && Of(called).SelectMany(policy => policy.Spec.Ingress ?? []).SelectMany(rule => rule.FromProperty)
            .Any(peer => IsPeer(peer, caller));

    /// <summary>Parses objects; a field that their type does not have is an error.</summary>
    public static List<object> Parse(string yaml) => KubernetesYaml.LoadAllFromString(yaml, CustomTypes, strict: true);

    /// <summary>Builds an overlay, once; skips the test where kubectl is not installed.</summary>
    public static Task<Manifests> BuildAsync(string overlay)
        => Built.GetOrAdd(overlay, name => new(() => RunKustomizeAsync(name))).Value;

    private IEnumerable<V1NetworkPolicy> Of(IDictionary<string, string> pod)
        => Policies.Where(policy => Selects(policy.Spec.PodSelector, pod));

    private static bool IsPeer(V1NetworkPolicyPeer peer, IDictionary<string, string> pod)
        => peer.NamespaceSelector is null && peer.PodSelector is not null && Selects(peer.PodSelector, pod);

    private static bool Selects(V1LabelSelector selector, IDictionary<string, string> labels)
        => (selector.MatchLabels ?? new Dictionary<string, string>()).All(labels.Contains)
            && (selector.MatchExpressions ?? []).All(expression => expression.OperatorProperty == "In"
                && labels.TryGetValue(expression.Key, out var value) && expression.Values.Contains(value));

    private static async Task<Manifests> RunKustomizeAsync(string overlay)
    {
        var folder = Path.Combine(Repository.Folder, "eng", "Deploy", "overlays", overlay);
        var (exitCode, output) = await RunKubectlAsync("kustomize", folder);
        Assert.True(exitCode == 0, output);
        return new(output);
    }

    private static async Task<(int ExitCode, string Output)> RunKubectlAsync(params string[] arguments)
    {
        try
        {
            return await Repository.RunAsync("kubectl", arguments, Path.GetTempPath(), TestContext.Current.CancellationToken);
        }
        catch (LabException exception)
        {
            Assert.Skip($"This machine has no kubectl: {exception.Message}");
            throw;
        }
    }
}
