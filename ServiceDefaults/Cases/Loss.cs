namespace Shop.ServiceDefaults.Cases;

/// <summary>Accepted operations are lost, doubled or unexpected when the process is killed in the middle.</summary>
/// <param name="PerKill">The wrong operations that one kill causes under Leaky, about.</param>
/// <param name="IsPublishedLossy">Whether a kill causes wrong operations under Published too.</param>
public sealed record Loss(double PerKill, bool IsPublishedLossy = false) : CaseEvidence
{
    /// <inheritdoc />
    public override string Unit => "operations lost, doubled or unexpected per kill";

    /// <inheritdoc />
    public override double? Expected => PerKill;

    /// <inheritdoc />
    // The moment of the kill decides how many there are.
    public override double? Tolerance => null;

    /// <inheritdoc />
    // A single wrong operation is one too many.
    public override double Threshold => 0;
}
