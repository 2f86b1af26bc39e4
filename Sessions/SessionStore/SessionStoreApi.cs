using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.SessionStore;

/// <summary>Registers the case.</summary>
internal static class SessionStoreApi
{
    public static void AddSessionStore(this IHostApplicationBuilder builder)
        => builder.AddCase<ISessionStore, LeakySessionStore, PublishedSessionStore, FixedSessionStore>(CaseCatalog.SessionStore);
}
