using System.Globalization;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Running;

/// <summary>One variant of a case under proof: its service as a child process with that variant pinned, with backends of its own.</summary>
internal sealed class ProofTarget : IAsyncDisposable
{
    private readonly ServiceProcess _process;

    private ProofTarget(CaseVariant variant, ServiceProcess process, IsolatedBackends own, Neighbours neighbours, string labKey)
    {
        Variant = variant;
        _process = process;
        Backends = own;
        Neighbours = neighbours;
        Probe = new ServiceProbe(process.Address, labKey);
    }

    public CaseVariant Variant { get; }

    /// <summary>What the service has for itself.</summary>
    public IsolatedBackends Backends { get; }

    public Neighbours Neighbours { get; }

    public ServiceProbe Probe { get; }

    public Uri Address => _process.Address;

    public static async Task<ProofTarget> StartAsync(
        CaseStudy study, CaseVariant variant, int capacity, Backends backends, Neighbours neighbours, CancellationToken cancellationToken)
    {
        var labKey = Guid.NewGuid().ToString("N");
        var own = await backends.IsolateAsync(cancellationToken);
        var environment = new Dictionary<string, string>(ServiceEnvironment.Of(own, neighbours))
        {
            ["Lab__Key"] = labKey,
            [$"Cases__{study.Id}__Variant"] = variant.Name(),
        };
        if (capacity > 0)
            environment[$"Cases__{study.Id}__Capacity"] = capacity.ToString(CultureInfo.InvariantCulture);
#pragma warning disable CA2000 // The target owns the process; the rule knows only IDisposable as an owner.
        var process = await backends.StartServiceAsync(ServiceProcess.NameOf(study, variant.Name()), environment, cancellationToken);
        return new ProofTarget(variant, process, own, neighbours, labKey);
#pragma warning restore CA2000
    }

    public ValueTask DisposeAsync()
    {
        Probe.Dispose();
        return _process.DisposeAsync();
    }
}
