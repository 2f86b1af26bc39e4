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

    /// <summary>The number of items that a variant may hold before the fuse trips; null if the case has no fuse.</summary>
    public virtual long? FuseItems => null;
}
