using System.Globalization;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using StackExchange.Redis;

namespace Shop.Sessions.SessionStore;

/// <summary>
/// Redis stores sessions and carts and expires each 30 minutes after its last use; a cart has at most 100 products. The process caches
/// only the customers of at most 1,000 recently renewed sessions, each for one second; carts are not cached.
/// </summary>
/// <remarks>
/// While Redis is unavailable, every call throws <see cref="RedisException"/> or <see cref="RedisTimeoutException"/>: no session is valid.
/// </remarks>
internal sealed class FixedSessionStore : ISessionStore, ICaseState
{
    public const int MaxItems = 100;
    private const string CustomerField = "customer";
    private const string RevisionField = "revision";
    private const string ItemPrefix = "item:";
    // A session that was deleted at another instance is accepted for this long. The idle timeout is never shorter.
    private static readonly TimeSpan RenewedLifetime = TimeSpan.FromSeconds(1);
    private readonly IConnectionMultiplexer _redis;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTimeout;
    private readonly string _keyPrefix;
    private readonly BoundedCache<string, string> _renewed;

    public FixedSessionStore(
        IConnectionMultiplexer redis, IOptions<SessionsOptions> options, IConfiguration configuration, TimeProvider time,
        CacheMetrics metrics)
    {
        _redis = redis;
        _time = time;
        _idleTimeout = options.Value.IdleTimeout;
        _keyPrefix = options.Value.KeyPrefix;
        _renewed = new(new()
        {
            Capacity = configuration.CapacityOf(SessionStoreCase.Study, 1_000),
            AbsoluteExpiration = RenewedLifetime,
            Time = time,
        });
        metrics.Observe("sessions", _renewed);
    }

    public long HeldItems => _renewed.Count;

    public void Reset() => _renewed.Clear();

    public async Task<string> CreateAsync(string customerId, CancellationToken cancellationToken)
    {
        var id = SessionIds.Create();
        var creation = Redis.CreateTransaction();
        _ = creation.HashSetAsync(Key(id), [new(CustomerField, customerId), new(RevisionField, 0)]);
        // FIX: the time to live is set with the session, in one transaction, so that Redis expires it even if this process terminates.
        _ = creation.KeyExpireAsync(Key(id), _idleTimeout);
        await creation.ExecuteAsync().WaitAsync(cancellationToken);
        return id;
    }

    public async Task<SessionView?> FindAsync(string id, CancellationToken cancellationToken)
    {
        // Pipelined; a session that expires between the two commands reads as empty.
        var renewed = Redis.KeyExpireAsync(Key(id), _idleTimeout);
        var session = Redis.HashGetAllAsync(Key(id));
        await Task.WhenAll(renewed, session).WaitAsync(cancellationToken);
        return ToView(id, await session);
    }

    public async Task<CartChange> SetItemAsync(string id, string sku, int quantity, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [(long)_idleTimeout.TotalMilliseconds, Field(sku), quantity, MaxItems];
        var answer = await Redis.ScriptEvaluateAsync(SessionScripts.SetItem, [Key(id)], arguments).WaitAsync(cancellationToken);
        if (answer.Length == 1)
            return new CartChange(null, IsFull: true);
        return new CartChange(ToView(id, FieldsOf(answer)));
    }

    public async Task<CartChange> RemoveItemAsync(string id, string sku, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [(long)_idleTimeout.TotalMilliseconds, Field(sku)];
        var answer = await Redis.ScriptEvaluateAsync(SessionScripts.RemoveItem, [Key(id)], arguments).WaitAsync(cancellationToken);
        return new CartChange(ToView(id, FieldsOf(answer)));
    }

    public Task TakeOrderedAsync(Guid cartId, long revision, CancellationToken cancellationToken)
        => Redis.ScriptEvaluateAsync(SessionScripts.TakeOrdered, [Key(cartId)], [revision]).WaitAsync(cancellationToken);

    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var existed = await Redis.KeyDeleteAsync(Key(id)).WaitAsync(cancellationToken);
        _renewed.Remove(id);
        return existed;
    }

    public async ValueTask<string?> TouchAsync(string id, CancellationToken cancellationToken)
    {
        // A page sends several requests at once; renewing its session once is enough.
        if (_renewed.TryGet(id, out var known))
            return known;
        var renewed = Redis.KeyExpireAsync(Key(id), _idleTimeout);
        var customer = Redis.HashGetAsync(Key(id), CustomerField);
        await Task.WhenAll(renewed, customer).WaitAsync(cancellationToken);
        if (!await renewed || (string?)await customer is not { } customerId)
            return null;
        _renewed.Set(id, customerId);
        return customerId;
    }

    public Task<bool> ExistsAsync(string id, CancellationToken cancellationToken)
        => Redis.KeyExistsAsync(Key(id)).WaitAsync(cancellationToken);

    private IDatabase Redis => _redis.GetDatabase();

    private RedisKey Key(string id) => Key(CartIds.Of(id));

    private RedisKey Key(Guid cartId) => $"{_keyPrefix}session:{cartId:N}";

    private static RedisValue Field(string sku) => ItemPrefix + sku;

    private static HashEntry[] FieldsOf(RedisResult answer)
        => [.. answer.ToDictionary().Select(field => new HashEntry(field.Key, (RedisValue)field.Value))];

    private SessionView? ToView(string id, HashEntry[] fields)
    {
        if (fields.Length == 0)
            return null;
        var cart = fields.Where(field => field.Name.StartsWith(ItemPrefix)).Select(ToItem)
            .OrderBy(item => item.Sku, StringComparer.Ordinal);
        return new SessionView(
            Value(CustomerField).ToString(), CartIds.Of(id), (long)Value(RevisionField), [.. cart], _time.GetUtcNow() + _idleTimeout);

        RedisValue Value(string name) => fields.Single(field => field.Name == name).Value;
    }

    private static CartItem ToItem(HashEntry field)
    {
        var value = field.Value.ToString().Split(':');
        return new(field.Name.ToString()[ItemPrefix.Length..],
            int.Parse(value[0], CultureInfo.InvariantCulture), long.Parse(value[1], CultureInfo.InvariantCulture));
    }
}
