namespace Shop.Sessions.SessionStore;

/// <summary>
/// Changes to a session in Redis that need a decision in between. A session is one hash: the field <c>customer</c>, and
/// <c>item:{sku}</c> with the quantity for each product in the cart; one key, so that session and cart expire together.
/// </summary>
internal static class SessionScripts
{
    /// <summary>
    /// KEYS: session. ARGV: time to live in ms, field, quantity, most items. Returns the whole hash, empty where there is no
    /// such session; one element alone says that the cart is full.
    /// </summary>
    public const string SetItem = """
        if redis.call('PEXPIRE', KEYS[1], ARGV[1]) == 0 then return {} end
        -- HLEN counts the customer's field too.
        if redis.call('HEXISTS', KEYS[1], ARGV[2]) == 0 and redis.call('HLEN', KEYS[1]) > tonumber(ARGV[4]) then return {'full'} end
        redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
        return redis.call('HGETALL', KEYS[1])
        """;

    /// <summary>
    /// KEYS: session, marker of the order. ARGV: marker's time to live in ms, then field and quantity of each line. The marker
    /// makes a message that comes twice take nothing twice. It does not prolong the session: no customer did this.
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
