using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;

namespace Shop.Sessions.SessionStore;

/// <summary>
/// <c>static LeakySessionStore._sessions → Session._items</c>: each session whose customer did not log out.
/// </summary>
internal sealed class LeakySessionStore(IOptions<SessionsOptions> options, TimeProvider time) : ISessionStore, ICaseState
{
    private static readonly ConcurrentDictionary<Guid, Session> _sessions = new();

    private readonly TimeSpan _maxAge = options.Value.IdleTimeout;

    public long HeldItems => _sessions.Count;

    public void Reset() => _sessions.Clear();

    [SuppressMessage("Memory", "SHOP1002", Justification = "The incident: 200 MB of sessions a day.")]
    public Task<string> CreateAsync(string customerId, CancellationToken cancellationToken)
    {
        var id = SessionIds.Create();
        var cartId = CartIds.Of(id);
        // LEAK: customers close the browser instead of logging out, and nothing else removes a session: LastAccess is written, but never
        // read to expire one.
        _sessions[cartId] = new Session(cartId, customerId, time.GetUtcNow());
        return Task.FromResult(id);
    }

    public Task<SessionView?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Get(id)?.ToView(_maxAge));

    public Task<CartChange> SetItemAsync(string id, string sku, int quantity, CancellationToken cancellationToken)
    {
        var session = Get(id);
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
        if (_sessions.TryGetValue(cartId, out var session))
            session.TakeOrdered(revision);
        return Task.CompletedTask;
    }

    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
        => Task.FromResult(_sessions.TryRemove(CartIds.Of(id), out _));

    public ValueTask<string?> TouchAsync(string id, CancellationToken cancellationToken) => ValueTask.FromResult(Get(id)?.CustomerId);

    public Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_sessions.ContainsKey(CartIds.Of(id)));

    private Session? Get(string id)
    {
        if (!_sessions.TryGetValue(CartIds.Of(id), out var session))
            return null;
        session.LastAccess = time.GetUtcNow();
        return session;
    }
}
