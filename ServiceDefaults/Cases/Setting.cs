namespace Shop.ServiceDefaults.Cases;

/// <summary>A measured matrix of runtime settings, reported without a verdict.</summary>
/// <param name="Environments">The rows of the matrix.</param>
public sealed record Setting(params SettingEnvironment[] Environments) : CaseEvidence
{
    /// <inheritdoc />
    public override string Unit => "bytes of working set";

    /// <inheritdoc />
    public override double? Expected => null;

    /// <inheritdoc />
    public override double Threshold => double.PositiveInfinity;

    /// <inheritdoc />
    public override double? Tolerance => null;
}
