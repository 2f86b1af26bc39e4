namespace Shop.ServiceDefaults.Cases;

/// <summary>All cases of the Shop, with a file for each service.</summary>
public static partial class CaseCatalog
{
    private const long FuseBytes = 256L * 1024 * 1024;

    /// <summary>Every case, in the order of the README.</summary>
    // Not stored: which file's static fields are set first is not defined.
    public static IReadOnlyList<CaseStudy> All => [OrderEvents, PaymentPayload, DocumentCache, DocumentEvents, SessionStore];

    /// <summary>The cases of one service.</summary>
    public static IReadOnlyList<CaseStudy> Of(string service) => [.. All.Where(study => study.Service == service)];
}
