using Shop.ServiceDefaults.Caching;

namespace Shop.ServiceDefaults.Customers;

/// <summary>
/// Remembers for a short while whose a session is: a session that was deleted still passes for at most <see cref="Lifetime"/>.
/// Full, it forgets sessions that are asked for little; they are asked for at Sessions again: slower, never wrong.
/// </summary>
internal sealed class CustomerCache
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private const int MaxSessions = 10_000;
    private readonly TimeProvider _time;
    private readonly BoundedCache<string, Customer> _customers;

    public CustomerCache(TimeProvider time, CacheMetrics metrics)
    {
        _time = time;
        _customers = new(new() { Capacity = MaxSessions, AbsoluteExpiration = Lifetime, Time = time });
        metrics.Observe("customers", _customers);
    }

    public Customer? Find(string sessionId) => _customers.TryGet(sessionId, out var customer) ? customer : null;

    public Customer Add(SessionView session)
    {
        var customer = new Customer(session.CustomerId, session.SessionId);
        var remaining = session.ExpiresAt - _time.GetUtcNow();
        if (remaining > TimeSpan.Zero)
            _customers.Set(session.SessionId, customer, remaining);
        return customer;
    }
}
