using System.Runtime.CompilerServices;
using Aspire.Hosting.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions;
using Shop.Sessions.SessionStore;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;
using StackExchange.Redis;

namespace Shop.Tests.Sessions;

/// <summary>
/// The behaviour of the variants, which of them retain sessions, and the defects of Published. Fixed uses the running Shop's Redis.
/// </summary>
[RunningShop]
public sealed partial class SessionStoreTests(ShopFixture shop) : RetainedContract
{
    private const int Capacity = 50;
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(30);
    private readonly SessionsOptions _options = new() { IdleTimeout = IdleTimeout, KeyPrefix = $"tests:{Guid.NewGuid():N}:" };
    private readonly InterruptibleTime _time = new();
    private ConnectionMultiplexer _redis = null!;

    private protected override ISessionStore Current => Services.GetRequiredService<CaseSwitch<ISessionStore>>().Current;

    private protected override long Bound => Capacity;

    public override async ValueTask InitializeAsync()
        => _redis = await ConnectionMultiplexer.ConnectAsync((await shop.App.GetConnectionStringAsync("redis", Cancellation))!);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        // Null if the connection failed.
        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    [Theory, Variants]
    public async Task ASessionThatWasNeverCreatedIsUnknown(CaseVariant variant)
    {
        Switch.Select(variant);
        await AssertUnknownAsync(SessionIds.Create());
    }

    [Theory, Variants]
    public async Task AnOrderTakesOnlyTheLinesThatHaveNotChangedSince(CaseVariant variant)
    {
        Switch.Select(variant);
        var id = await Current.CreateAsync("customer", Cancellation);
        foreach (var (sku, quantity) in new[] { ("SKU-0001", 2), ("SKU-0002", 2), ("SKU-0003", 2) })
            await Current.SetItemAsync(id, sku, quantity, Cancellation);
        var ordered = (await Current.FindAsync(id, Cancellation))!;
        await Current.SetItemAsync(id, "SKU-0002", 5, Cancellation);
        await Current.SetItemAsync(id, "SKU-0003", 1, Cancellation);
        await Current.SetItemAsync(id, "SKU-0004", 1, Cancellation);
        // The message may be delivered again.
        for (var delivery = 0; delivery < 2; delivery++)
            await Current.TakeOrderedAsync(ordered.CartId, ordered.Revision, Cancellation);

        var left = (await Current.FindAsync(id, Cancellation))!;
        Assert.Equal([new("SKU-0002", 5, 4), new("SKU-0003", 1, 5), new("SKU-0004", 1, 6)], left.Cart);
        Assert.Equal(6, left.Revision);
    }

    /// <summary>Both would allow a customer to order a cart twice.</summary>
    [Theory, Variants]
    public async Task NeitherAnOrderNorTheRemovalOfNothingChangesTheRevision(CaseVariant variant)
    {
        Switch.Select(variant);
        var id = await Current.CreateAsync("customer", Cancellation);
        var ordered = (await Current.SetItemAsync(id, "SKU-0001", 1, Cancellation)).Session!;
        await Current.TakeOrderedAsync(ordered.CartId, ordered.Revision, Cancellation);
        var removed = await Current.RemoveItemAsync(id, "SKU-0001", Cancellation);

        Assert.Empty(removed.Session!.Cart);
        Assert.Equal((1, 1), (ordered.Revision, removed.Session.Revision));
    }

    [Fact]
    public async Task FixedReadsRedisAgainAfterASecond()
    {
        var replica = ActivatorUtilities.CreateInstance<FixedSessionStore>(Services);
        var id = await Current.CreateAsync("customer", Cancellation);
        Assert.Equal("customer", await Current.TouchAsync(id, Cancellation));
        Assert.True(await replica.DeleteAsync(id, Cancellation));
        _time.Advance(TimeSpan.FromSeconds(1));

        await AssertUnknownAsync(id);
    }

    [Fact]
    public async Task OnlyUseExtendsAFixedSessionInRedis()
    {
        var id = await Current.CreateAsync("customer", Cancellation);
        var full = IdleTimeout;

        Assert.Equal(full, await TimeLeftAfterAsync(id, store => store.FindAsync(id, Cancellation)));
        Assert.Equal(full, await TimeLeftAfterAsync(id, store => store.SetItemAsync(id, "SKU-0001", 1, Cancellation)));
        Assert.Equal(full, await TimeLeftAfterAsync(id, store => store.RemoveItemAsync(id, "SKU-0001", Cancellation)));
        Assert.Equal(full, await TimeLeftAfterAsync(id, store => store.TouchAsync(id, Cancellation).AsTask()));
        Assert.NotEqual(full, await TimeLeftAfterAsync(id, store => store.ExistsAsync(id, Cancellation)));
        Assert.NotEqual(full, await TimeLeftAfterAsync(id, store => store.TakeOrderedAsync(CartIds.Of(id), 0, Cancellation)));
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration[$"Cases:{Study.Id}:Capacity"] = $"{Capacity}";
        builder.Services.AddMetrics().AddSingleton<CacheMetrics>().AddSingleton<TimeProvider>(_time)
            .AddSingleton<IConnectionMultiplexer>(_redis).AddSingleton(Options.Create(_options));
        cases.Add<SessionStoreCase>();
    }

    /// <summary>A session keeps its cart until its customer logs out.</summary>
    private protected override async Task BehaveAsync()
    {
        var id = await Current.CreateAsync("customer", Cancellation);
        await Current.SetItemAsync(id, "SKU-0002", 2, Cancellation);
        await Current.SetItemAsync(id, "SKU-0001", 1, Cancellation);
        await Current.SetItemAsync(id, "SKU-0003", 3, Cancellation);
        await Current.SetItemAsync(id, "SKU-0002", 5, Cancellation);
        var changed = await Current.RemoveItemAsync(id, "SKU-0003", Cancellation);
        var found = await Current.FindAsync(id, Cancellation);

        Assert.Equal([new("SKU-0001", 1, 2), new("SKU-0002", 5, 4)], found!.Cart);
        Assert.Equal(changed.Session!.Cart, found.Cart);
        var expiresAt = _time.GetUtcNow() + IdleTimeout;
        Assert.Equal(("customer", CartIds.Of(id), 5, expiresAt), (found.CustomerId, found.CartId, found.Revision, found.ExpiresAt));
        Assert.Equal("customer", await Current.TouchAsync(id, Cancellation));
        Assert.True(await Current.ExistsAsync(id, Cancellation));
        Assert.True(await Current.DeleteAsync(id, Cancellation));
        await AssertUnknownAsync(id);
    }

    /// <summary>A log-in and a use; the store in the process retains the customer's id with the session.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override async Task<WeakReference> OperateAsync()
    {
        var customer = $"customer-{Guid.NewGuid()}";
        Assert.Equal(customer, await Current.TouchAsync(await Current.CreateAsync(customer, Cancellation), Cancellation));
        return new WeakReference(customer);
    }

    private protected override Task AgeAsync()
    {
        _time.Advance(IdleTimeout + TimeSpan.FromMinutes(1));
        if (Current is PublishedSessionStore published)
        {
            published.Sweep();
            Assert.Equal(0, published.HeldItems);
        }
        return Task.CompletedTask;
    }

    private async Task AssertUnknownAsync(string id)
    {
        Assert.Null(await Current.FindAsync(id, Cancellation));
        Assert.Null((await Current.SetItemAsync(id, "SKU-0001", 1, Cancellation)).Session);
        Assert.Null((await Current.RemoveItemAsync(id, "SKU-0001", Cancellation)).Session);
        Assert.Null(await Current.TouchAsync(id, Cancellation));
        Assert.False(await Current.ExistsAsync(id, Cancellation));
        Assert.False(await Current.DeleteAsync(id, Cancellation));
        await Current.TakeOrderedAsync(CartIds.Of(id), 0, Cancellation);
    }

    /// <summary>The session's time to live in Redis, in whole minutes, after a use with only two minutes left.</summary>
    private async Task<TimeSpan> TimeLeftAfterAsync(string id, Func<ISessionStore, Task> use)
    {
        RedisKey key = $"{_options.KeyPrefix}session:{CartIds.Of(id):N}";
        await _redis.GetDatabase().KeyExpireAsync(key, TimeSpan.FromMinutes(2));
        await use(ActivatorUtilities.CreateInstance<FixedSessionStore>(Services));
        var left = await _redis.GetDatabase().KeyTimeToLiveAsync(key);
        return TimeSpan.FromMinutes(Math.Ceiling(left!.Value.TotalMinutes));
    }
}
