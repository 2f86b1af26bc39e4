namespace Shop.ServiceDefaults.Cases;

/// <summary>All cases of the Shop; each service's are in their own file.</summary>
public static partial class CaseCatalog
{
    private const long FuseBytes = 256L * 1024 * 1024;
    private const string SilentKillersArticle = "Memory Management in Production: Avoiding the Silent Killers";

    /// <summary>Every case, in the order of the README.</summary>
    // Computed on each call: the order in which the static fields of a partial class's files are initialized is not defined.
    public static IReadOnlyList<CaseStudy> All => [OrderEvents, PaymentPayload, DocumentCache, DocumentEvents, SessionStore];

    /// <summary>The cases of one service.</summary>
    public static IReadOnlyList<CaseStudy> Of(string service) => [.. All.Where(study => study.Service == service)];
}
