using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Measuring;

/// <summary>The handles of a service that are open after a collection, whose finalizers close those that are no longer used.</summary>
internal sealed class OpenHandles(IServiceProbe probe, HandleResource resource) : IGrowthReading
{
    /// <exception cref="LabException">They cannot be read.</exception>
    public async Task<long> ReadAsync(CancellationToken cancellationToken)
    {
        await probe.ReadLiveBytesAsync(cancellationToken);
        var processId = (await probe.ReadProcessAsync(cancellationToken)).ProcessId;
        try
        {
            return ProcessHandles.Count(processId, resource);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"The handles of process {processId} cannot be read: {exception.Message}");
        }
    }
}
