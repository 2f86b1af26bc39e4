namespace Shop.Sessions.SessionStore;

/// <summary>
/// Atomic changes of a cart in Redis. A session is one hash with the fields <c>customer</c> and <c>revision</c> and, for each product in
/// the cart, a field <c>item:{sku}</c> with <c>{quantity}:{revision}</c>. It is one key, so that session and cart expire together.
/// </summary>
internal static class SessionScripts
{
    /// <summary>
    /// KEYS: session. ARGV: time to live in ms, field, quantity, maximum number of items. Returns the hash, empty if the session
    /// does not exist; a single element means that the cart is full.
    /// </summary>
    public const string SetItem = """
        if redis.call('PEXPIRE', KEYS[1], ARGV[1]) == 0 then return {} end
        -- HLEN includes the customer and the revision.
        if redis.call('HEXISTS', KEYS[1], ARGV[2]) == 0 and redis.call('HLEN', KEYS[1]) - 2 >= tonumber(ARGV[4]) then return {'full'} end
        redis.call('HSET', KEYS[1], ARGV[2], ARGV[3] .. ':' .. redis.call('HINCRBY', KEYS[1], 'revision', 1))
        return redis.call('HGETALL', KEYS[1])
        """;

    /// <summary>KEYS: session. ARGV: time to live in ms, field. Returns the hash, empty if the session does not exist.</summary>
    public const string RemoveItem = """
        if redis.call('PEXPIRE', KEYS[1], ARGV[1]) == 0 then return {} end
        if redis.call('HDEL', KEYS[1], ARGV[2]) == 1 then redis.call('HINCRBY', KEYS[1], 'revision', 1) end
        return redis.call('HGETALL', KEYS[1])
        """;

    /// <summary>
    /// KEYS: session. ARGV: revision. Removes the items that have not changed since the revision, so a redelivered message removes nothing
    /// more. The session is not renewed.
    /// </summary>
    public const string TakeOrdered = """
        local fields = redis.call('HGETALL', KEYS[1])
        for field = 1, #fields, 2 do
            local revision = string.match(fields[field], '^item:') and string.match(fields[field + 1], ':(%d+)$')
            if revision and tonumber(revision) <= tonumber(ARGV[1]) then redis.call('HDEL', KEYS[1], fields[field]) end
        end
        """;
}
