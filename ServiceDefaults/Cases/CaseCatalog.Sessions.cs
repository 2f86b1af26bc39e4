namespace Shop.ServiceDefaults.Cases;

/// <content>The cases of Sessions.</content>
public static partial class CaseCatalog
{
    /// <summary>Sessions that never expire.</summary>
    public static CaseStudy SessionStore { get; } = new()
    {
        Id = "SessionStore",
        Service = "sessions",
        Kind = CaseKind.Retained,
        Article = new("004", "Production Examples: Real-World Memory Leak Cases", "Case Study 1: E-Commerce Session Store",
            "200 MB a day, a collection every 30 s, p99 from 50 to 500 ms, 1 million sessions in 5 GB, killed in week 12", IsSlow: true),
        FedBy = "POST /sessions and cart changes",
        Symptom = "The heap after GC grows with each login and does not shrink at night; collections become more frequent.",
        RetentionPath = "static LeakySessionStore._sessions → ConcurrentDictionary nodes → Session → cart",
        PublishedDefect = "An in-process LRU: a flood of logins evicts live carts, concurrent uses can move the expiry backwards, the sweep "
            + "removes sessions that were just used, and a cart takes any number of products.",
        Bound = "Redis stores the sessions and expires each 30 minutes after its last use, with at most 100 products; the process caches the "
            + "customers of at most 1,000 sessions, each for 1 second.",
        Variants = [CaseVariant.Leaky, CaseVariant.Published, CaseVariant.Fixed],
        // A login, and three products added to the cart.
        Evidence = new(BytesPerOperation: 700, TrackedTypes: ["Shop.Sessions.SessionStore.Session"]),
        FuseItems = FuseBytes / 700,
    };
}
