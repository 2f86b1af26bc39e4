using System.Net.Http.Json;
using Shop.Lab.Proof.Running;
using StackExchange.Redis;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Cart changes while the stream of the log is away; without the case: the customer reads the cart.</summary>
[Feeding(Capacity = 50, Window = 400)]
internal sealed class ActivityLogFeed(ProofTarget target) : ICaseFeed
{
    private readonly Traffic _traffic = new(target.Address);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        // Redis rejects the commands of the stream, and no others.
        await using (var redis = await ConnectionMultiplexer.ConnectAsync(target.Backends.Redis))
            await redis.GetDatabase().StringSetAsync("shop:activity-log", "not a stream");
        await _traffic.LogInAsync(target.Address, "proof", cancellationToken);
    }

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(
            count, () => new(HttpMethod.Put, "/session/cart/items/SKU-0001") { Content = JsonContent.Create(new { quantity = 1 }) },
            cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/session"), cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
