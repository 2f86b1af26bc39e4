namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>Where snapshots come from.</summary>
internal interface ISnapshotSource
{
    /// <summary>What a report calls it.</summary>
    string Name { get; }

    /// <summary>How many snapshots there are; null if any number can be taken.</summary>
    int? Count { get; }

    /// <summary>The next snapshot; null if there is none.</summary>
    /// <exception cref="LabException">It cannot be read.</exception>
    Task<HeapSnapshot?> TakeAsync(CancellationToken cancellationToken);

    /// <summary>Lets what is observed go on until the next snapshot is worth taking.</summary>
    /// <param name="least">Not sooner than after this time; zero or less for none.</param>
    Task GoOnAsync(TimeSpan least, CancellationToken cancellationToken);
}
