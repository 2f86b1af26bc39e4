using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Shop.ServiceDefaults.Customers;

/// <summary>
/// Remembers for a short while whose a session is: a session that was deleted still passes for at most <see cref="Lifetime"/>.
/// Full, it takes no new entry and those sessions are asked for on each request: slower, never wrong.
/// </summary>
internal sealed class CustomerCache(TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private const int MaxSessions = 10_000;
    // Entries are added and expire, but are never removed by key: where Set and Remove race, this cache loses count (dotnet/runtime#129186).
    private readonly MemoryCache _customers = new(Options.Create(new MemoryCacheOptions { SizeLimit = MaxSessions }));

    public Customer? Find(string sessionId) => _customers.Get<Customer>(sessionId);

    public Customer Add(SessionView session)
    {
        var customer = new Customer(session.CustomerId, session.SessionId);
        var remaining = session.ExpiresAt - time.GetUtcNow();
        if (remaining > TimeSpan.Zero)
            _customers.Set(session.SessionId, customer, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = remaining < Lifetime ? remaining : Lifetime });
        return customer;
    }

    public void Dispose() => _customers.Dispose();
}
