using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Caching;

namespace Shop.ServiceDefaults.Customers;

/// <summary>
/// Requests a session's customer from Sessions and caches it for reads: they accept a deleted session for at most <see cref="Lifetime"/>.
/// A write always requests the session. A full cache evicts rarely used sessions, whose customers are requested again.
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

    public async ValueTask<Customer?> FindAsync(string sessionId, bool isWrite, CancellationToken cancellationToken)
    {
        if (!isWrite && _customers.TryGet(sessionId, out var known))
            return known;
        // Resolved for each call: a client stored in this singleton would never use a changed address of Sessions.
        if (await _services.GetRequiredService<SessionsClient>().GetSessionAsync(sessionId, cancellationToken) is not { } session)
        {
            _customers.Remove(sessionId);
            return null;
        }
        var customer = new Customer(session.CustomerId, sessionId);
        var remaining = session.ExpiresAt - _time.GetUtcNow();
        if (remaining > TimeSpan.Zero)
            _customers.Set(sessionId, customer, remaining);
        // Not cached: the next request needs the cart as it is then.
        return customer with { Session = session };
    }
}
