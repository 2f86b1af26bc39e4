namespace Shop.ServiceDefaults.Cases;

/// <summary>The highest live heap above its baseline during one operation grows with the size of the data.</summary>
/// <param name="BytesPerRow">The bytes by which each further row of data raises the peak under Leaky.</param>
public sealed record Peak(long BytesPerRow) : CaseEvidence
{
    // What is alive at the peak varies with the moment of the collection that reads it.
    private const double ThresholdShare = 0.5;

    /// <inheritdoc />
    public override string Unit => "bytes of peak live heap per row";

    /// <inheritdoc />
    public override double? Expected => BytesPerRow;

    /// <inheritdoc />
    public override double Threshold => ThresholdShare * BytesPerRow;
}
