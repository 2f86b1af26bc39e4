using System.Net.Http.Json;
using Aspire.Hosting.Testing;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;
using StackExchange.Redis;

namespace Shop.Tests.Sessions;

/// <summary>The flag on the running Shop: how many cart changes are held while the stream is away.</summary>
public sealed class ActivityLogFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Changes = 3 * ShopFixture.ActivityLogCapacity;
    private static readonly RedisKey Stream = "shop:activity-log";
    private ConnectionMultiplexer? _redis;

    public override async ValueTask DisposeAsync()
    {
        if (_redis is not null)
        {
            await _redis.GetDatabase().KeyDeleteAsync(Stream);
            await _redis.DisposeAsync();
        }
        await base.DisposeAsync();
    }

    /// <summary>The commands of the stream fail, and no others.</summary>
    private protected override async Task PrepareAsync()
    {
        _redis = await ConnectionMultiplexer.ConnectAsync((await Shop.App.GetConnectionStringAsync("redis", Cancellation))!);
        await _redis.GetDatabase().StringSetAsync(Stream, "not a stream");
    }

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "activity-log");
        for (var change = 0; change < Changes; change++)
            await customer.PutInCartAsync("SKU-0001", change + 1);
    }

    // One more may be being written.
    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Leaky ? (Changes - 1, Changes) : (0, ShopFixture.ActivityLogCapacity);
}
