namespace Shop.Lab.Proof.Running;

/// <summary>Reads the memory of a service.</summary>
internal interface IServiceProbe
{
    /// <summary>Collects once and returns the bytes that are alive, those of work in progress included.</summary>
    Task<long> CollectAsync(CancellationToken cancellationToken);

    /// <summary>The bytes that are alive once work in progress has ended: collects until two collections agree.</summary>
    Task<long> ReadLiveBytesAsync(CancellationToken cancellationToken);

    /// <summary>What the process has done since its start.</summary>
    Task<ProcessReading> ReadProcessAsync(CancellationToken cancellationToken);
}
