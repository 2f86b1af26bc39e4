using Microsoft.Extensions.Options;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;
using StackExchange.Redis;

namespace Shop.Sessions.Store;

/// <summary>What became of a change to a cart.</summary>
/// <param name="Session">The session after it; null where it is unknown or has expired.</param>
/// <param name="IsFull">The cart has its most products and took no further one.</param>
internal readonly record struct CartChange(SessionView? Session, bool IsFull = false);

/// <summary>Sessions and carts in Redis, which is the truth: nothing is kept here. Each use prolongs the session.</summary>
/// <remarks>Every call throws <see cref="UnavailableException"/> while Redis is away: no session is valid then.</remarks>
internal sealed class SessionStore(RedisCalls redis, IOptions<SessionsOptions> options, TimeProvider time)
{
    public const int MaxItems = 100;
    // Longer than any redelivery of a message takes, short enough that markers stay few.
    private static readonly TimeSpan MarkerLifetime = TimeSpan.FromHours(2);
    private readonly TimeSpan _idleTimeout = options.Value.IdleTimeout;
    private readonly string _keyPrefix = options.Value.KeyPrefix;

    /// <summary>Opens a session with an empty cart.</summary>
    public async Task<string> CreateAsync(string customerId, CancellationToken cancellationToken)
    {
        var id = SessionIds.Create();
        await EvaluateAsync(SessionScripts.Create, [Key(id)], [TimeToLive, customerId], cancellationToken);
        return id;
    }

    /// <summary>The session, or null.</summary>
    public async Task<SessionView?> FindAsync(string id, CancellationToken cancellationToken)
        => Read(id, await EvaluateAsync(SessionScripts.Read, [Key(id)], [TimeToLive], cancellationToken)).Session;

    /// <summary>Puts a product into the cart, or changes its quantity; the last writer wins.</summary>
    public async Task<CartChange> SetItemAsync(string id, string sku, int quantity, CancellationToken cancellationToken)
        => Read(id, await EvaluateAsync(SessionScripts.SetItem, [Key(id)], [TimeToLive, Field(sku), quantity, MaxItems], cancellationToken));

    /// <summary>Takes a product out of the cart, if it is there.</summary>
    public async Task<CartChange> RemoveItemAsync(string id, string sku, CancellationToken cancellationToken)
        => Read(id, await EvaluateAsync(SessionScripts.RemoveItem, [Key(id)], [TimeToLive, Field(sku)], cancellationToken));

    /// <summary>Takes what was ordered out of the cart, once per order. What the customer added meanwhile stays.</summary>
    public Task TakeLinesAsync(string id, Guid orderId, IReadOnlyList<OrderLine> lines, CancellationToken cancellationToken)
    {
        RedisValue[] arguments = [(long)MarkerLifetime.TotalMilliseconds, .. lines.Where(line => line.Quantity > 0).SelectMany(line => new RedisValue[] { Field(line.Sku), line.Quantity })];
        return EvaluateAsync(SessionScripts.TakeLines, [Key(id), $"{_keyPrefix}taken:{{{id}}}:{orderId:N}"], arguments, cancellationToken);
    }

    /// <summary>Ends a session; false where there was none.</summary>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
        => redis.RunAsync(database => database.KeyDeleteAsync(Key(id)), cancellationToken);

    /// <summary>Prolongs a session; false where there is none.</summary>
    public Task<bool> TouchAsync(string id, CancellationToken cancellationToken)
        => redis.RunAsync(database => database.KeyExpireAsync(Key(id), _idleTimeout), cancellationToken);

    /// <summary>Whether there is such a session; asking does not prolong it.</summary>
    public Task<bool> ExistsAsync(string id, CancellationToken cancellationToken)
        => redis.RunAsync(database => database.KeyExistsAsync(Key(id)), cancellationToken);

    private RedisValue TimeToLive => (long)_idleTimeout.TotalMilliseconds;

    // The braces keep a session's keys on one node of a cluster.
    private RedisKey Key(string id) => $"{_keyPrefix}session:{{{id}}}";

    private static RedisValue Field(string sku) => SessionScripts.ItemPrefix + sku;

    // EVAL as a plain command: ScriptEvaluateAsync of StackExchange.Redis 1.2.6 fails most concurrent calls while a profiler is
    // registered (it marks a script as sent twice); with 2.x it may be used. A hash instead would be unknown to a Redis that restarted.
    private Task<RedisResult> EvaluateAsync(string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        object[] command = [script, keys.Length, .. keys.Cast<object>(), .. arguments.Cast<object>()];
        return redis.RunAsync(database => database.ExecuteAsync("EVAL", command), cancellationToken);
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
        return new CartChange(new SessionView(id, customer, cart, time.GetUtcNow() + _idleTimeout));
    }
}
