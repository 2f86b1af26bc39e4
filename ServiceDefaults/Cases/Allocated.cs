namespace Shop.ServiceDefaults.Cases;

/// <summary>Each operation allocates much more than it needs: nothing is retained, but collections and pauses follow.</summary>
/// <param name="BytesPerOperation">The bytes that one operation allocates under Leaky beyond Fixed's.</param>
public sealed record Allocated(long BytesPerOperation) : CaseEvidence
{
    /// <inheritdoc />
    public override string Unit => "bytes allocated per operation";

    /// <inheritdoc />
    public override double? Expected => BytesPerOperation;

    /// <summary>
    /// The share of these bytes up to which a variant counts as fixed. The allocations of the rest of the service vary by tens of percent;
    /// a case whose operations allocate little else can do with less.
    /// </summary>
    public double ThresholdShare { get; init; } = 0.5;

    /// <inheritdoc />
    public override double Threshold => ThresholdShare * BytesPerOperation;
}
