namespace Shop.ServiceDefaults.Cases;

/// <summary>A case of this service and its active variant, independent of the case's interface.</summary>
public interface ICaseSwitch
{
    /// <summary>The case.</summary>
    CaseStudy Study { get; }

    /// <summary>The variant that the flag selects.</summary>
    CaseVariant Variant { get; }

    /// <summary>The name of the span attribute that contains the variant.</summary>
    string SpanAttribute { get; }

    /// <summary>The number of items that all variants hold.</summary>
    long HeldItems { get; }

    /// <summary>
    /// The number of items that may be held before the fuse trips; null if the case has no fuse. Configuration
    /// <c>Cases:{Id}:FuseItems</c> overrides the case's own.
    /// </summary>
    long? FuseItems { get; }

    /// <summary>Whether the fuse is tripped: Fixed is used regardless of the flag.</summary>
    bool IsTripped { get; }

    /// <summary>How often it was reset in this process.</summary>
    int Resets { get; }

    /// <summary>
    /// Whether a drill hides the case: no route, metric, span or log tells its variant or what it holds. True for every case while a drill
    /// is on, or the hidden ones would be the answer.
    /// </summary>
    bool IsHidden { get; set; }

    /// <summary>Makes a variant the current one.</summary>
    void Select(CaseVariant variant);

    /// <summary>Compares the number of held items with the fuse's limit; returns true if this call trips the fuse.</summary>
    bool TestFuse();

    /// <summary>Clears every variant, resets the fuse and, for a Retained case, collects the released memory.</summary>
    void Reset();
}
