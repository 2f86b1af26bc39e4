namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// The evidence of a case. The derived types are its kinds, and there are no others: the kind decides how the proof measures and judges.
/// </summary>
public abstract record CaseEvidence
{
    private protected CaseEvidence()
    {
    }

    /// <summary>The kind's name.</summary>
    public string Kind => GetType().Name;

    /// <summary>The unit of the measured value.</summary>
    public abstract string Unit { get; }

    /// <summary>The value under Leaky; null if the kind has no verdict.</summary>
    public abstract double? Expected { get; }

    /// <summary>The value above which a variant is not fixed.</summary>
    public abstract double Threshold { get; }

    /// <summary>
    /// How far the measured value of Leaky may be from the expected one, as a share of it; null if they are not compared. Where they differ
    /// by more, threshold, fuse and README are based on a wrong figure.
    /// </summary>
    public virtual double? Tolerance => 0.3;

    /// <summary>Whether the measured value of Leaky is close enough to the expected one.</summary>
    public bool Agrees(double measured)
        => Expected is not { } expected || Tolerance is not { } tolerance || Math.Abs(measured - expected) <= tolerance * expected;

    /// <summary>The number of items that a variant may hold before the fuse trips; null if the case has no fuse.</summary>
    public virtual long? FuseItems => null;
}
