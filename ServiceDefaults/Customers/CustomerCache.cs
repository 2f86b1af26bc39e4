using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Caching;

namespace Shop.ServiceDefaults.Customers;

/// <summary>
/// Requests a session's customer from Sessions and caches it: a deleted session is still accepted for at most
/// <see cref="Lifetime"/>. A full cache evicts rarely used sessions, whose customers are requested again.
/// </summary>
internal sealed class CustomerCache : ISessionLookup
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private const int MaxSessions = 10_000;
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly BoundedCache<string, Customer> _customers;

    public CustomerCache(IServiceProvider services, TimeProvider time, CacheMetrics metrics)
    {
        _services = services;
        _time = time;
        _customers = new(new() { Capacity = MaxSessions, AbsoluteExpiration = Lifetime, Time = time });
        metrics.Observe("customers", _customers);
    }

    public async ValueTask<Customer?> FindAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (_customers.TryGet(sessionId, out var known))
            return known;
        // Resolved for each call: a client stored in this singleton would never use a changed address of Sessions.
        var session = await _services.GetRequiredService<SessionsClient>().GetSessionAsync(sessionId, cancellationToken);
        return session is null ? null : Add(session);
    }

    private Customer Add(SessionView session)
    {
        var customer = new Customer(session.CustomerId, session.SessionId);
        var remaining = session.ExpiresAt - _time.GetUtcNow();
        if (remaining > TimeSpan.Zero)
            _customers.Set(session.SessionId, customer, remaining);
        return customer;
    }
}
