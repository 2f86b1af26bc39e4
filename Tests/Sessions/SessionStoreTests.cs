using System.Runtime.CompilerServices;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.SessionStore;
using Shop.Tests.AppHost;
using StackExchange.Redis;

namespace Shop.Tests.Sessions;

/// <summary>The behaviour of the variants, and which of them retain sessions.</summary>
[Collection(ShopTests.Name)]
public sealed class SessionStoreTests(ShopFixture shop) : IAsyncLifetime
{
    private SessionStores _stores = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stores = await SessionStores.ConnectAsync(shop.App);

    public ValueTask DisposeAsync()
    {
        _stores?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task ASessionKeepsItsCartUntilItsCustomerLogsOut(CaseVariant variant)
    {
        var store = _stores.Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        await store.SetItemAsync(id, "SKU-0002", 2, Cancellation);
        await store.SetItemAsync(id, "SKU-0001", 1, Cancellation);
        await store.SetItemAsync(id, "SKU-0003", 3, Cancellation);
        await store.SetItemAsync(id, "SKU-0002", 5, Cancellation);
        var changed = await store.RemoveItemAsync(id, "SKU-0003", Cancellation);
        var found = await store.FindAsync(id, Cancellation);

        Assert.Equal([new("SKU-0001", 1, 2), new("SKU-0002", 5, 4)], found!.Cart);
        Assert.Equal(changed.Session!.Cart, found.Cart);
        var expiresAt = _stores.Time.GetUtcNow() + SessionStores.IdleTimeout;
        Assert.Equal(("customer", CartIds.Of(id), 5, expiresAt), (found.CustomerId, found.CartId, found.Revision, found.ExpiresAt));
        Assert.Equal("customer", await store.TouchAsync(id, Cancellation));
        Assert.True(await store.ExistsAsync(id, Cancellation));
        Assert.True(await store.DeleteAsync(id, Cancellation));
        await AssertUnknownAsync(store, id);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task ASessionThatWasNeverCreatedIsUnknown(CaseVariant variant)
        => await AssertUnknownAsync(_stores.Create(variant), SessionIds.Create());

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task AnOrderTakesOnlyTheLinesThatHaveNotChangedSince(CaseVariant variant)
    {
        var store = _stores.Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        foreach (var (sku, quantity) in new[] { ("SKU-0001", 2), ("SKU-0002", 2), ("SKU-0003", 2) })
            await store.SetItemAsync(id, sku, quantity, Cancellation);
        var ordered = (await store.FindAsync(id, Cancellation))!;
        await store.SetItemAsync(id, "SKU-0002", 5, Cancellation);
        await store.SetItemAsync(id, "SKU-0003", 1, Cancellation);
        await store.SetItemAsync(id, "SKU-0004", 1, Cancellation);
        // The message may be delivered again.
        for (var delivery = 0; delivery < 2; delivery++)
            await store.TakeOrderedAsync(ordered.CartId, ordered.Revision, Cancellation);

        var left = (await store.FindAsync(id, Cancellation))!;
        Assert.Equal([new("SKU-0002", 5, 4), new("SKU-0003", 1, 5), new("SKU-0004", 1, 6)], left.Cart);
        Assert.Equal(6, left.Revision);
    }

    /// <summary>Both would allow a customer to order a cart twice.</summary>
    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task NeitherAnOrderNorTheRemovalOfNothingChangesTheRevision(CaseVariant variant)
    {
        var store = _stores.Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        var ordered = (await store.SetItemAsync(id, "SKU-0001", 1, Cancellation)).Session!;
        await store.TakeOrderedAsync(ordered.CartId, ordered.Revision, Cancellation);
        var removed = await store.RemoveItemAsync(id, "SKU-0001", Cancellation);

        Assert.Empty(removed.Session!.Cart);
        Assert.Equal((1, 1), (ordered.Revision, removed.Session.Revision));
    }

    [Theory]
    [InlineData(CaseVariant.Leaky, true)]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, false)]
    public async Task OnlyLeakyRetainsAnIdleSession(CaseVariant variant, bool held)
    {
        var store = _stores.Create(variant);
        var customer = await LogInAsync(store);
        _stores.Time.Advance(SessionStores.IdleTimeout + TimeSpan.FromMinutes(1));
        (store as PublishedSessionStore)?.Sweep();

        if (held)
            Memory.Collect();
        else
            await ReleasedAsync(customer);
        Assert.Equal(held, customer.IsAlive);
        Assert.Equal(held ? 1 : 0, ((ICaseState)store).HeldItems);
        GC.KeepAlive(store);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    public async Task ResetReleasesEverySession(CaseVariant variant)
    {
        var store = _stores.Create(variant);
        var customer = await LogInAsync(store);
        Assert.Equal(1, ((ICaseState)store).HeldItems);
        ((ICaseState)store).Reset();

        await ReleasedAsync(customer);
        Assert.Equal(0, ((ICaseState)store).HeldItems);
        GC.KeepAlive(store);
    }

    [Fact]
    public async Task FixedCachesIdsWithinItsBoundAndResetReleasesThem()
    {
        var store = _stores.Create(CaseVariant.Fixed);
        for (var index = 0; index < 4 * SessionStores.Capacity; index++)
        {
            Assert.Equal("customer", await store.TouchAsync(await store.CreateAsync("customer", Cancellation), Cancellation));
            Assert.InRange(((ICaseState)store).HeldItems, 1, SessionStores.Capacity);
        }
        ((ICaseState)store).Reset();
        Assert.Equal(0, ((ICaseState)store).HeldItems);
    }

    [Fact]
    public async Task FixedReadsRedisAgainAfterASecond()
    {
        var store = _stores.Create(CaseVariant.Fixed);
        var replica = _stores.Create(CaseVariant.Fixed);
        var id = await store.CreateAsync("customer", Cancellation);
        Assert.Equal("customer", await store.TouchAsync(id, Cancellation));
        Assert.True(await replica.DeleteAsync(id, Cancellation));
        _stores.Time.Advance(TimeSpan.FromSeconds(1));

        await AssertUnknownAsync(store, id);
    }

    [Fact]
    public async Task OnlyUseExtendsAFixedSessionInRedis()
    {
        var id = await _stores.Create(CaseVariant.Fixed).CreateAsync("customer", Cancellation);
        var full = SessionStores.IdleTimeout;

        Assert.Equal(full, await TimeLeftAfterAsync(id, store => store.FindAsync(id, Cancellation)));
        Assert.Equal(full, await TimeLeftAfterAsync(id, store => store.SetItemAsync(id, "SKU-0001", 1, Cancellation)));
        Assert.Equal(full, await TimeLeftAfterAsync(id, store => store.RemoveItemAsync(id, "SKU-0001", Cancellation)));
        Assert.Equal(full, await TimeLeftAfterAsync(id, store => store.TouchAsync(id, Cancellation).AsTask()));
        Assert.NotEqual(full, await TimeLeftAfterAsync(id, store => store.ExistsAsync(id, Cancellation)));
        Assert.NotEqual(full, await TimeLeftAfterAsync(id, store => store.TakeOrderedAsync(CartIds.Of(id), 0, Cancellation)));
    }

    private static async Task AssertUnknownAsync(ISessionStore store, string id)
    {
        Assert.Null(await store.FindAsync(id, Cancellation));
        Assert.Null((await store.SetItemAsync(id, "SKU-0001", 1, Cancellation)).Session);
        Assert.Null((await store.RemoveItemAsync(id, "SKU-0001", Cancellation)).Session);
        Assert.Null(await store.TouchAsync(id, Cancellation));
        Assert.False(await store.ExistsAsync(id, Cancellation));
        Assert.False(await store.DeleteAsync(id, Cancellation));
        await store.TakeOrderedAsync(CartIds.Of(id), 0, Cancellation);
    }

    /// <summary>The session's time to live in Redis, in whole minutes, after a use with only two minutes left.</summary>
    private async Task<TimeSpan> TimeLeftAfterAsync(string id, Func<ISessionStore, Task> use)
    {
        RedisKey key = $"{_stores.KeyPrefix}session:{CartIds.Of(id):N}";
        await _stores.Redis.KeyExpireAsync(key, TimeSpan.FromMinutes(2));
        await use(_stores.Create(CaseVariant.Fixed));
        var left = await _stores.Redis.KeyTimeToLiveAsync(key);
        return TimeSpan.FromMinutes(Math.Ceiling(left!.Value.TotalMinutes));
    }

    private static Task<bool> ReleasedAsync(WeakReference reference)
        => Eventually.ReadAsync(() =>
        {
            // The Redis client releases what it has sent shortly after the response.
            Memory.Collect();
            return Task.FromResult(reference.IsAlive);
        }, isAlive => !isAlive, "the session to be released");

    /// <summary>Creates a session and returns a reference to the customer's id, which a store in this process retains with it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LogInAsync(ISessionStore store)
    {
        var customer = $"customer-{Guid.NewGuid()}";
        await store.CreateAsync(customer, Cancellation);
        return new WeakReference(customer);
    }
}
