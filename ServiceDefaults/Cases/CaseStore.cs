using StackExchange.Redis;

namespace Shop.ServiceDefaults.Cases;

/// <summary>The selected variants in Redis: one hash for all services, and a channel that publishes changes.</summary>
internal sealed class CaseStore(IConnectionMultiplexer redis)
{
    private static readonly RedisKey Key = "shop:cases";
    private static readonly RedisChannel Channel = new("shop:cases", RedisChannel.PatternMode.Literal);

    public const string Changed = "changed";
    public const string ResetPrefix = "reset:";

    public async Task<IReadOnlyDictionary<string, CaseVariant>> ReadAsync()
    {
        var variants = new Dictionary<string, CaseVariant>();
        foreach (var entry in await redis.GetDatabase().HashGetAllAsync(Key))
        {
            if (CaseVariants.Parse(entry.Value.ToString()) is { } variant)
                variants[entry.Name.ToString()] = variant;
        }
        return variants;
    }

    public async Task WriteAsync(CaseStudy study, CaseVariant variant)
    {
        await redis.GetDatabase().HashSetAsync(Key, study.Id, variant.Name());
        await redis.GetSubscriber().PublishAsync(Channel, Changed);
    }

    /// <summary>Requests a reset of a case from every replica.</summary>
    public Task PublishResetAsync(CaseStudy study) => redis.GetSubscriber().PublishAsync(Channel, ResetPrefix + study.Id);

    /// <summary>
    /// Calls <paramref name="onMessage"/> for each message. Messages are lost while the connection is down, so it is also called with
    /// <see cref="Changed"/> when the connection is restored.
    /// </summary>
    public async Task SubscribeAsync(Action<string> onMessage)
    {
        redis.ConnectionRestored += (_, _) => onMessage(Changed);
        await redis.GetSubscriber().SubscribeAsync(Channel, (_, message) => onMessage(message.ToString()));
    }
}
