namespace Shop.Lab.Proof.Measuring;

/// <summary>What grows with each operation of a leak.</summary>
internal interface IGrowthReading
{
    /// <summary>Reads it once work in progress has ended and garbage is collected.</summary>
    Task<long> ReadAsync(CancellationToken cancellationToken);

    /// <summary>The live instances of each tracked type; empty if the kind tracks none.</summary>
    Task<IReadOnlyDictionary<string, long>> CountInstancesAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long>());
}
