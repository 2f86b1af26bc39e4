namespace Shop.ServiceDefaults.Cases;

/// <content>The cases of Sessions.</content>
public static partial class CaseCatalog
{
    /// <summary>Sessions that are kept for ever.</summary>
    public static CaseStudy SessionStore { get; } = new()
    {
        Id = "SessionStore",
        Service = "sessions",
        Kind = CaseKind.Retained,
        Seed = new("004", "Case Study 1: E-Commerce Session Store", "200 MB a day, a collection each 30 s, p99 from 50 to 500 ms, 1 million sessions in 5 GB, killed in week 12", IsSlow: true),
        FedBy = "POST /sessions and cart changes",
        Symptom = "The heap after GC rises with each log-in and does not fall at night; collections come more often.",
        RetentionPath = "static LeakySessionStore._sessions → ConcurrentDictionary nodes → Session → cart",
        PublishedDefect = "An LRU in the process: a flood of log-ins evicts live carts, a late use shortens a session, the sweep removes one that was just used, and a cart takes any number of products.",
        Bound = "Redis holds the sessions and expires each 30 minutes after its last use, with at most 100 products; the process holds the customers of at most 1,000 sessions, each for 1 second.",
        Variants = [CaseVariant.Leaky, CaseVariant.Published, CaseVariant.Fixed],
        // A log-in and three products put in the cart.
        Evidence = new(BytesPerOperation: 700, TrackedTypes: ["Shop.Sessions.SessionStore.Session"]),
        FuseItems = FuseBytes / 700,
    };
}
