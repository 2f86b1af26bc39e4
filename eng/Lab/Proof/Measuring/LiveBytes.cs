using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Measuring;

/// <summary>The live bytes of a service, and the instances of the types that a leak retains.</summary>
internal sealed class LiveBytes(IServiceProbe probe, IReadOnlyList<string> trackedTypes) : IGrowthReading
{
    public Task<long> ReadAsync(CancellationToken cancellationToken) => probe.ReadLiveBytesAsync(cancellationToken);

    public async Task<IReadOnlyDictionary<string, long>> CountInstancesAsync(CancellationToken cancellationToken)
    {
        // Dead instances would be counted too, also those that only a finalizer still reaches.
        await probe.ReadLiveBytesAsync(cancellationToken);
        var process = await probe.ReadProcessAsync(cancellationToken);
        return await InstanceCounter.CountAsync(process.ProcessId, trackedTypes, cancellationToken);
    }
}
