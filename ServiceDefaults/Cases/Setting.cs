namespace Shop.ServiceDefaults.Cases;

/// <summary>A measured matrix of runtime settings, reported without a verdict.</summary>
/// <param name="Measures">The columns of the matrix, with their units.</param>
public sealed record Setting(params string[] Measures) : CaseEvidence
{
    /// <inheritdoc />
    public override string Unit => string.Join(", ", Measures);

    /// <inheritdoc />
    public override double? Expected => null;

    /// <inheritdoc />
    public override double Threshold => double.PositiveInfinity;
}
