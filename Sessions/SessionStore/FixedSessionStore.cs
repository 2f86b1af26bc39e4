using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;
using Shop.Sessions.Store;
using StackExchange.Redis;

namespace Shop.Sessions.SessionStore;

/// <summary>
/// Redis holds sessions and carts and expires each 30 minutes after its last use; a cart takes at most 100 products. The process holds
/// only the ids of at most 1,000 sessions that it has just prolonged, each good for a second: no cart is read from here.
/// </summary>
/// <remarks>Every call throws <see cref="UnavailableException"/> while Redis is away: no session is valid then.</remarks>
internal sealed class FixedSessionStore : ISessionStore, ICaseState
{
    public const int MaxItems = 100;
    // Longer than any redelivery of a message takes, short enough that markers stay few.
    private static readonly TimeSpan MarkerLifetime = TimeSpan.FromHours(2);
    // A session that was ended at another instance passes as much longer. No session is idle for less than this.
    private static readonly TimeSpan ProlongedLifetime = TimeSpan.FromSeconds(1);
    private readonly RedisCalls _redis;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTimeout;
    private readonly string _keyPrefix;
    private readonly BoundedCache<string, bool> _prolonged;

    public FixedSessionStore(RedisCalls redis, IOptions<SessionsOptions> options, IConfiguration configuration, TimeProvider time, CacheMetrics metrics)
    {
        _redis = redis;
        _time = time;
        _idleTimeout = options.Value.IdleTimeout;
        _keyPrefix = options.Value.KeyPrefix;
        _prolonged = new(new()
        {
            Capacity = configuration.CapacityOf(CaseCatalog.SessionStore, 1_000),
            AbsoluteExpiration = ProlongedLifetime,
            Time = time,
        });
        metrics.Observe("sessions", _prolonged);
    }

    public long HeldItems => _prolonged.Count;

    public void Reset() => _prolonged.Clear();

    public async Task<string> CreateAsync(string customerId, CancellationToken cancellationToken)
    {
        var id = SessionIds.Create();
        // FIX: the time to live is set with the session, in one step, so that Redis ends it whatever becomes of this process.
        await EvaluateAsync(SessionScripts.Create, [Key(id)], [TimeToLive, customerId], cancellationToken);
        return id;
    }

    public async Task<SessionView?> FindAsync(string id, CancellationToken cancellationToken)
        => Read(id, await EvaluateAsync(SessionScripts.Read, [Key(id)], [TimeToLive], cancellationToken)).Session;

    public async Task<CartChange> SetItemAsync(string id, string sku, int quantity, CancellationToken cancellationToken)
        => Read(id, await EvaluateAsync(SessionScripts.SetItem, [Key(id)], [TimeToLive, Field(sku), quantity, MaxItems], cancellationToken));

    public async Task<CartChange> RemoveItemAsync(string id, string sku, CancellationToken cancellationToken)
        => Read(id, await EvaluateAsync(SessionScripts.RemoveItem, [Key(id)], [TimeToLive, Field(sku)], cancellationToken));

    public Task TakeLinesAsync(string id, Guid orderId, IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [(long)MarkerLifetime.TotalMilliseconds, .. lines.Where(line => line.Quantity > 0).SelectMany(line => new RedisValue[] { Field(line.Sku), line.Quantity })];
        return EvaluateAsync(SessionScripts.TakeLines, [Key(id), $"{_keyPrefix}taken:{{{id}}}:{orderId:N}"], arguments, cancellationToken);
    }

    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var existed = await _redis.RunAsync(database => database.KeyDeleteAsync(Key(id)), cancellationToken);
        _prolonged.Remove(id);
        return existed;
    }

    public async Task<bool> TouchAsync(string id, CancellationToken cancellationToken)
    {
        // A page asks for several things at once: once is enough to prolong its session.
        if (_prolonged.TryGet(id, out _))
            return true;
        var exists = await _redis.RunAsync(database => database.KeyExpireAsync(Key(id), _idleTimeout), cancellationToken);
        if (exists)
            _prolonged.Set(id, true);
        return exists;
    }

    public Task<bool> ExistsAsync(string id, CancellationToken cancellationToken)
        => _redis.RunAsync(database => database.KeyExistsAsync(Key(id)), cancellationToken);

    private RedisValue TimeToLive => (long)_idleTimeout.TotalMilliseconds;

    // The braces keep a session's keys on one node of a cluster.
    private RedisKey Key(string id) => $"{_keyPrefix}session:{{{id}}}";

    private static RedisValue Field(string sku) => SessionScripts.ItemPrefix + sku;

    // EVAL as a plain command: ScriptEvaluateAsync of StackExchange.Redis 1.2.6 fails most concurrent calls while a profiler is
    // registered (it marks a script as sent twice); with 2.x it may be used. A hash instead would be unknown to a Redis that restarted.
    private Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        object[] command = [script, keys.Length, .. keys.Cast<object>(), .. arguments.Cast<object>()];
        return _redis.RunAsync(database => database.ExecuteAsync("EVAL", command), cancellationToken);
    }

    private CartChange Read(string id, RedisResult answer)
    {
        var fields = (RedisValue[]?)answer ?? [];
        if (fields.Length < 2)
            return new CartChange(null, IsFull: fields.Length == 1);
        var customer = "";
        var cart = new List<CartItem>((fields.Length / 2) - 1);
        for (var index = 0; index + 1 < fields.Length; index += 2)
        {
            var name = fields[index].ToString();
            if (name == SessionScripts.CustomerField)
                customer = fields[index + 1].ToString();
            else
                cart.Add(new CartItem(name[SessionScripts.ItemPrefix.Length..], (int)fields[index + 1]));
        }
        cart.Sort((left, right) => string.CompareOrdinal(left.Sku, right.Sku));
        return new CartChange(new SessionView(id, customer, cart, _time.GetUtcNow() + _idleTimeout));
    }
}
