using System.Diagnostics;
using System.Globalization;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Running;

/// <summary>A service of a proof as a child process, with the variant that it is planned with and backends of its own.</summary>
internal sealed class ProofTarget : IProofTarget, IAsyncDisposable
{
    private readonly ServiceProcess _process;
    private readonly ServiceProbe _probe;
    private readonly PlannedTarget _plan;

    private ProofTarget(PlannedTarget plan, ServiceProcess process, IsolatedBackends own, Neighbours neighbours, string labKey)
    {
        _plan = plan;
        _process = process;
        Backends = own;
        Neighbours = neighbours;
        _probe = new ServiceProbe(process.Address, labKey);
    }

    /// <inheritdoc />
    public string Name => _plan.Name;

    /// <inheritdoc />
    public CaseVariant Variant => _plan.Variant;

    /// <inheritdoc />
    public IServiceProbe Probe => _probe;

    /// <summary>What the service has for itself.</summary>
    public IsolatedBackends Backends { get; }

    public Neighbours Neighbours { get; }

    public Uri Address => _process.Address;

    /// <inheritdoc cref="ServiceProcess.ExitCode" />
    public int? ExitCode => _process.ExitCode;

    public static async Task<ProofTarget> StartAsync(
        CaseStudy study, PlannedTarget plan, int capacity, Backends backends, Neighbours neighbours, CancellationToken cancellationToken)
    {
        var labKey = Guid.NewGuid().ToString("N");
#pragma warning disable CA2000 // The target owns the process and its backends; the rule knows only IDisposable as an owner.
        var own = await backends.IsolateAsync(cancellationToken);
        var addresses = neighbours.AddressesFor(plan.Variant);
        var environment = new Dictionary<string, string>(ServiceEnvironment.Of(own, addresses).Concat(plan.Variables))
        {
            ["Lab__Key"] = labKey,
            [$"Cases__{study.Id}__Variant"] = plan.Variant.Name(),
        };
        if (capacity > 0)
            environment[$"Cases__{study.Id}__Capacity"] = capacity.ToString(CultureInfo.InvariantCulture);
        var process = await backends.StartServiceAsync(ServiceProcess.NameOf(study, plan.Name), environment, cancellationToken);
        return new ProofTarget(plan, process, own, neighbours, labKey);
#pragma warning restore CA2000
    }

    /// <inheritdoc />
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        var reading = await _probe.ReadProcessAsync(cancellationToken);
        using var process = Process.GetProcessById(reading.ProcessId);
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task RestartAsync(CancellationToken cancellationToken) => _process.RestartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _probe.Dispose();
        await _process.DisposeAsync();
        await Backends.DisposeAsync();
    }
}
