namespace Shop.Lab.Proof.Measuring;

/// <summary>How far the proof of a variant is.</summary>
/// <param name="Share">The share of the measurement that is done, from 0 to 1.</param>
/// <param name="Text">What is being done, in words.</param>
internal readonly record struct ProofStep(double Share, string Text)
{
    /// <summary>Operations, of those that are needed as far as is known.</summary>
    public static ProofStep Operations(double share, int done, int planned)
        => new(share, FormattableString.Invariant($"{done:N0} of {planned:N0} operations"));
}
