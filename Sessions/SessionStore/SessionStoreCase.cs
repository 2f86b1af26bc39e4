using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.SessionStore;

/// <summary>Sessions that never expire.</summary>
internal sealed class SessionStoreCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "SessionStore",
        Service = "sessions",
        Summary = "sessions that never expire: 200 MB a day, killed in week 12",
        Article = new("Production Examples: Real-World Memory Leak Cases", "Case Study 1: E-Commerce Session Store",
            "200 MB a day, a collection every 30 s, p99 from 50 to 500 ms, 1 million sessions in 5 GB, killed in week 12", IsSlow: true),
        FedBy = "POST /sessions and cart changes",
        RetentionPath = "static LeakySessionStore._sessions → Session._items",
        PublishedFix = PublishedFix.Switchable,
        // A login, and one product put in the cart.
        Evidence = new Retained(BytesPerOperation: 500, typeof(Session)),
    };

    public static void Register(CaseBuilder @case)
        => @case.Variants<ISessionStore, LeakySessionStore, PublishedSessionStore, FixedSessionStore>();
}
