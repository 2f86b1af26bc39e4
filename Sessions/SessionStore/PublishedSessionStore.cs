using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;

namespace Shop.Sessions.SessionStore;

/// <summary>
/// The article's fix: an LRU of 100,000 sessions that expire 30 minutes after their last use, with a sweep every 5 minutes. It bounds the
/// number of sessions, but loses live ones.
/// </summary>
internal sealed class PublishedSessionStore : ISessionStore, ICaseState, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(5);

    private readonly SessionLru _cache;
    private readonly TimeSpan _maxAge;
    private readonly TimeProvider _time;
    private readonly ITimer _sweep;

    public PublishedSessionStore(IOptions<SessionsOptions> options, IConfiguration configuration, TimeProvider time)
    {
        _cache = new SessionLru(configuration.CapacityOf(SessionStoreCase.Study, 100_000));
        _maxAge = options.Value.IdleTimeout;
        _time = time;
        _sweep = time.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    public long HeldItems => _cache.Count;

    public void Reset() => _cache.Clear();

    public Task<string> CreateAsync(string customerId, CancellationToken cancellationToken)
    {
        var id = SessionIds.Create();
        var cartId = CartIds.Of(id);
        // DEFECT: at capacity, each login evicts the least recently used session, so a flood of logins evicts live sessions with carts.
        _cache.Add(cartId, new Session(cartId, customerId, _time.GetUtcNow()));
        return Task.FromResult(id);
    }

    public Task<SessionView?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Get(id)?.ToView(_maxAge));

    public Task<CartChange> SetItemAsync(string id, string sku, int quantity, CancellationToken cancellationToken)
    {
        var session = Get(id);
        // DEFECT: the LRU counts sessions, so one customer's cart may hold any number of products.
        session?.SetItem(sku, quantity);
        return Task.FromResult(new CartChange(session?.ToView(_maxAge)));
    }

    public Task<CartChange> RemoveItemAsync(string id, string sku, CancellationToken cancellationToken)
    {
        var session = Get(id);
        session?.RemoveItem(sku);
        return Task.FromResult(new CartChange(session?.ToView(_maxAge)));
    }

    public Task TakeOrderedAsync(Guid cartId, long revision, CancellationToken cancellationToken)
    {
        if (_cache.TryPeek(cartId, out var session))
            session.TakeOrdered(revision);
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
        => Task.FromResult(_cache.Remove(CartIds.Of(id)));

    public ValueTask<string?> TouchAsync(string id, CancellationToken cancellationToken) => ValueTask.FromResult(Get(id)?.CustomerId);

    public Task<bool> ExistsAsync(string id, CancellationToken cancellationToken)
        => Task.FromResult(_cache.TryPeek(CartIds.Of(id), out var session) && Since(session.LastAccess) <= _maxAge);

    /// <summary>Removes the expired sessions; called by the timer.</summary>
    [SuppressMessage("Memory", "SHOP1009", Justification = "The published fix, with its defect.")]
    internal void Sweep()
    {
        foreach (var id in _cache.Keys())
        {
            // DEFECT: a customer may use the session between the check and the removal; the sweep then removes a live session.
            if (_cache.TryPeek(id, out var session) && Since(session.LastAccess) > _maxAge)
                _cache.Remove(id);
        }
    }

    public void Dispose() => _sweep.Dispose();

    private Session? Get(string id)
    {
        var key = CartIds.Of(id);
        if (!_cache.TryGet(key, out var session))
            return null;
        var now = _time.GetUtcNow();
        if (now - session.LastAccess > _maxAge)
        {
            _cache.Remove(key);
            return null;
        }
        // DEFECT: not synchronized: of two concurrent uses the earlier one may write last, and the session expires early.
        session.LastAccess = now;
        return session;
    }

    private TimeSpan Since(DateTimeOffset instant) => _time.GetUtcNow() - instant;
}
