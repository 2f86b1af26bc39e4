using System.Globalization;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Running;

/// <summary>One variant of a case under proof: its service as a child process with that variant pinned, in a room of its own.</summary>
internal sealed class ProofTarget : IAsyncDisposable
{
    private readonly ServiceProcess _process;

    private ProofTarget(CaseVariant variant, ServiceProcess process, Room room, Neighbours neighbours, string labKey)
    {
        Variant = variant;
        _process = process;
        Room = room;
        Neighbours = neighbours;
        Probe = new ServiceProbe(process.Address, labKey);
    }

    public CaseVariant Variant { get; }

    public Room Room { get; }

    public Neighbours Neighbours { get; }

    public ServiceProbe Probe { get; }

    public Uri Address => _process.Address;

    public static async Task<ProofTarget> StartAsync(CaseStudy study, CaseVariant variant, CaseFeeding feeding, Backends backends, Neighbours neighbours, CancellationToken cancellationToken)
    {
        var labKey = Guid.NewGuid().ToString("N");
        var room = await backends.CreateRoomAsync(cancellationToken);
        var environment = new Dictionary<string, string>(Environments.Of(room, neighbours))
        {
            ["Lab__Key"] = labKey,
            [$"Cases__{study.Id}__Variant"] = variant.Name(),
        };
        if (feeding.Capacity is { } capacity)
            environment[$"Cases__{study.Id}__Capacity"] = capacity.ToString(CultureInfo.InvariantCulture);
#pragma warning disable CA2000 // The target owns the process; the rule knows only IDisposable as an owner.
        return new ProofTarget(variant, await ServiceProcess.StartAsync(Environments.ProjectOf(study.Service), environment, cancellationToken), room, neighbours, labKey);
#pragma warning restore CA2000
    }

    public ValueTask DisposeAsync()
    {
        Probe.Dispose();
        return _process.DisposeAsync();
    }
}
