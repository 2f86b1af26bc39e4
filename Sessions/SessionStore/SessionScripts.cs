namespace Shop.Sessions.SessionStore;

/// <summary>
/// Atomic conditional changes of a session in Redis. A session is one hash with the field <c>customer</c> and, for each
/// product in the cart, a field <c>item:{sku}</c> with the quantity. It is one key, so that session and cart expire together.
/// </summary>
internal static class SessionScripts
{
    /// <summary>
    /// KEYS: session. ARGV: time to live in ms, field, quantity, maximum number of items. Returns the hash, empty if the session
    /// does not exist; a single element means that the cart is full.
    /// </summary>
    public const string SetItem = """
        if redis.call('PEXPIRE', KEYS[1], ARGV[1]) == 0 then return {} end
        -- HLEN includes the customer field.
        if redis.call('HEXISTS', KEYS[1], ARGV[2]) == 0 and redis.call('HLEN', KEYS[1]) > tonumber(ARGV[4]) then return {'full'} end
        redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
        return redis.call('HGETALL', KEYS[1])
        """;

    /// <summary>
    /// KEYS: session, marker of the order. ARGV: marker's time to live in ms, then field and quantity of each line. The marker
    /// makes the script idempotent for redelivered messages. The session is not renewed.
    /// </summary>
    public const string TakeLines = """
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        if not redis.call('SET', KEYS[2], '1', 'NX', 'PX', ARGV[1]) then return 0 end
        for line = 2, #ARGV, 2 do
            local held = tonumber(redis.call('HGET', KEYS[1], ARGV[line]) or '0')
            local ordered = tonumber(ARGV[line + 1])
            if held > ordered then
                redis.call('HINCRBY', KEYS[1], ARGV[line], -ordered)
            elseif held > 0 then
                redis.call('HDEL', KEYS[1], ARGV[line])
            end
        end
        return 1
        """;
}
