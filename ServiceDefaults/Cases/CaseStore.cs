using StackExchange.Redis;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// The selected variants in Redis: one hash for all services, and a channel that publishes changes. A drill is one more key. It overrides
/// the variants, so that starting it switches and hides the cases in one step, and whatever happens to its starter, deleting it ends it.
/// </summary>
internal sealed class CaseStore(IConnectionMultiplexer redis)
{
    private static readonly RedisKey Key = "shop:cases";
    private static readonly RedisKey DrillKey = "shop:drill";
    private static readonly RedisChannel Channel = new("shop:cases", RedisChannel.PatternMode.Literal);

    public const string Changed = "changed";
    public const string ResetPrefix = "reset:";
    private const char Separator = ',';

    public async Task<StoredCases> ReadAsync()
    {
        var variants = new Dictionary<string, CaseVariant>();
        foreach (var entry in await redis.GetDatabase().HashGetAllAsync(Key))
        {
            if (CaseVariants.Parse(entry.Value.ToString()) is { } variant)
                variants[entry.Name.ToString()] = variant;
        }
        var drill = await redis.GetDatabase().StringGetAsync(DrillKey);
        return new(variants, drill.HasValue ? Split(drill).ToHashSet() : null);
    }

    /// <summary>Stores a variant, unless a drill is on; returns whether it was stored.</summary>
    public async Task<bool> TryWriteAsync(CaseStudy study, CaseVariant variant)
    {
        var transaction = redis.GetDatabase().CreateTransaction();
        transaction.AddCondition(Condition.KeyNotExists(DrillKey));
        _ = transaction.HashSetAsync(Key, study.Id, variant.Name());
        if (!await transaction.ExecuteAsync())
            return false;
        await PublishAsync(Changed);
        return true;
    }

    /// <summary>Starts a drill of the cases, unless one is on; returns whether it was started.</summary>
    public async Task<bool> TryStartDrillAsync(IEnumerable<string> cases)
    {
        if (!await redis.GetDatabase().StringSetAsync(DrillKey, string.Join(Separator, cases), when: When.NotExists))
            return false;
        await PublishAsync(Changed);
        return true;
    }

    /// <summary>Ends the drill; nothing if none is on.</summary>
    public async Task EndDrillAsync()
    {
        await redis.GetDatabase().KeyDeleteAsync(DrillKey);
        await PublishAsync(Changed);
    }

    /// <summary>Requests a reset of a case from every replica.</summary>
    public Task PublishResetAsync(CaseStudy study) => PublishAsync(ResetPrefix + study.Id);

    /// <summary>
    /// Calls <paramref name="onMessage"/> for each message. Messages are lost while the connection is down, so it is also called with
    /// <see cref="Changed"/> when the connection is restored.
    /// </summary>
    public async Task SubscribeAsync(Action<string> onMessage)
    {
        redis.ConnectionRestored += (_, _) => onMessage(Changed);
        await redis.GetSubscriber().SubscribeAsync(Channel, (_, message) => onMessage(message.ToString()));
    }

    private Task<long> PublishAsync(string message) => redis.GetSubscriber().PublishAsync(Channel, message);

    private static string[] Split(RedisValue drill) => drill.ToString().Split(Separator, StringSplitOptions.RemoveEmptyEntries);
}
