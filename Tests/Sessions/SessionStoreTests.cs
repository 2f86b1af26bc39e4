using System.Runtime.CompilerServices;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;
using Shop.Sessions;
using Shop.Sessions.SessionStore;
using Shop.Tests.AppHost;
using StackExchange.Redis;

namespace Shop.Tests.Sessions;

/// <summary>The variants in this process; Fixed on the running Shop's Redis.</summary>
[Collection(ShopTests.Name)]
public sealed class SessionStoreTests(ShopFixture shop) : IAsyncLifetime
{
    private const int Capacity = 50;
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(30);
    private readonly SessionsOptions _options = new() { IdleTimeout = IdleTimeout, KeyPrefix = $"tests:{Guid.NewGuid():N}:" };
    private readonly InterruptibleTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<CacheMetrics>().BuildServiceProvider();
    private readonly List<IDisposable> _stores = [];
    private ConnectionMultiplexer? _redis;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _redis = await ConnectionMultiplexer.ConnectAsync((await shop.App.GetConnectionStringAsync("redis", Cancellation))!);

    // Leaky's dictionary is static: it would carry over from test to test.
    public ValueTask DisposeAsync()
    {
        new LeakySessionStore(Options.Create(_options), _time).Reset();
        _stores.ForEach(store => store.Dispose());
        _redis?.Dispose();
        _services.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task ASessionKeepsItsCartUntilItsCustomerLogsOut(CaseVariant variant)
    {
        var store = Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        await store.SetItemAsync(id, "SKU-0002", 2, Cancellation);
        await store.SetItemAsync(id, "SKU-0001", 1, Cancellation);
        await store.SetItemAsync(id, "SKU-0003", 3, Cancellation);
        await store.SetItemAsync(id, "SKU-0002", 5, Cancellation);
        var changed = await store.RemoveItemAsync(id, "SKU-0003", Cancellation);
        var found = await store.FindAsync(id, Cancellation);

        Assert.Equal([new("SKU-0001", 1), new("SKU-0002", 5)], found!.Cart);
        Assert.Equal(changed.Session!.Cart, found.Cart);
        Assert.Equal(("customer", id, _time.GetUtcNow() + IdleTimeout), (found.CustomerId, found.SessionId, found.ExpiresAt));
        Assert.Equal("customer", await store.TouchAsync(id, Cancellation));
        Assert.True(await store.ExistsAsync(id, Cancellation));
        Assert.True(await store.DeleteAsync(id, Cancellation));
        await AssertUnknownAsync(store, id);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task ASessionThatNobodyOpenedIsUnknown(CaseVariant variant) => await AssertUnknownAsync(Create(variant), SessionIds.Create());

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task WhatWasOrderedLeavesTheCartOnce(CaseVariant variant)
    {
        var store = Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        await store.SetItemAsync(id, "SKU-0001", 5, Cancellation);
        await store.SetItemAsync(id, "SKU-0002", 1, Cancellation);
        OrderLine[] lines = [new("SKU-0001", "", 2, 1), new("SKU-0002", "", 1, 1), new("SKU-0003", "", 1, 1)];
        var order = Guid.NewGuid();
        for (var delivery = 0; delivery < 2; delivery++)
            await store.TakeLinesAsync(id, order, lines, Cancellation);

        Assert.Equal([new("SKU-0001", 3)], (await store.FindAsync(id, Cancellation))!.Cart);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky, true)]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, false)]
    public async Task OnlyLeakyHoldsASessionThatNobodyUses(CaseVariant variant, bool held)
    {
        var store = Create(variant);
        var customer = await LogIn(store);
        _time.Advance(IdleTimeout + TimeSpan.FromMinutes(1));
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
        var store = Create(variant);
        var customer = await LogIn(store);
        Assert.Equal(1, ((ICaseState)store).HeldItems);
        ((ICaseState)store).Reset();

        await ReleasedAsync(customer);
        Assert.Equal(0, ((ICaseState)store).HeldItems);
        GC.KeepAlive(store);
    }

    [Fact]
    public async Task FixedHoldsNoMoreIdsThanItsBoundAndResetForgetsThem()
    {
        var store = Create(CaseVariant.Fixed);
        for (var index = 0; index < 4 * Capacity; index++)
        {
            Assert.Equal("customer", await store.TouchAsync(await store.CreateAsync("customer", Cancellation), Cancellation));
            Assert.InRange(((ICaseState)store).HeldItems, 1, Capacity);
        }
        ((ICaseState)store).Reset();
        Assert.Equal(0, ((ICaseState)store).HeldItems);
    }

    [Fact]
    public async Task FixedAsksRedisAgainAfterASecond()
    {
        var store = Create(CaseVariant.Fixed);
        var elsewhere = Create(CaseVariant.Fixed);
        var id = await store.CreateAsync("customer", Cancellation);
        Assert.Equal("customer", await store.TouchAsync(id, Cancellation));
        Assert.True(await elsewhere.DeleteAsync(id, Cancellation));
        _time.Advance(TimeSpan.FromSeconds(1));

        await AssertUnknownAsync(store, id);
    }

    [Fact]
    public async Task EachUseProlongsAFixedSessionInRedisAndNothingElseDoes()
    {
        var id = await Create(CaseVariant.Fixed).CreateAsync("customer", Cancellation);

        Assert.Equal(IdleTimeout, await TimeLeftAfterAsync(id, store => store.FindAsync(id, Cancellation)));
        Assert.Equal(IdleTimeout, await TimeLeftAfterAsync(id, store => store.SetItemAsync(id, "SKU-0001", 1, Cancellation)));
        Assert.Equal(IdleTimeout, await TimeLeftAfterAsync(id, store => store.RemoveItemAsync(id, "SKU-0001", Cancellation)));
        Assert.Equal(IdleTimeout, await TimeLeftAfterAsync(id, store => store.TouchAsync(id, Cancellation).AsTask()));
        Assert.NotEqual(IdleTimeout, await TimeLeftAfterAsync(id, store => store.ExistsAsync(id, Cancellation)));
        Assert.NotEqual(IdleTimeout, await TimeLeftAfterAsync(id, store => store.TakeLinesAsync(id, Guid.NewGuid(), [], Cancellation)));
    }

    /// <summary>The defect of the published fix: log-ins evict the sessions of customers who are in the shop.</summary>
    [Theory]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task AFloodOfLogInsLeavesLiveCartsAlone(CaseVariant variant, bool survives)
    {
        var store = Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        await store.SetItemAsync(id, "SKU-0001", 1, Cancellation);
        for (var index = 0; index < Capacity; index++)
            await store.CreateAsync("flood", Cancellation);

        Assert.Equal(survives, await store.FindAsync(id, Cancellation) is { Cart: [{ Sku: "SKU-0001" }] });
    }

    /// <summary>The defect of the published fix: of two uses at once the one that writes last counts.</summary>
    [Theory]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task AnEarlierUseThatEndsLaterDoesNotShortenTheSession(CaseVariant variant, bool survives)
    {
        var store = Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        var later = Task.FromResult<string?>(null);
        _time.InterruptOnce(() =>
        {
            var earlier = _time.GetUtcNow();
            _time.Advance(TimeSpan.FromMinutes(2));
            later = store.TouchAsync(id, Cancellation).AsTask();
            return earlier;
        });
        await store.FindAsync(id, Cancellation);
        Assert.NotNull(await later);
        _time.Advance(IdleTimeout - TimeSpan.FromMinutes(1));

        Assert.Equal(survives, await store.ExistsAsync(id, Cancellation));
    }

    /// <summary>The defect of the published fix: the sweep looks, the customer uses the session, the sweep removes it. Redis has no sweep of ours.</summary>
    [Theory]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task ASessionThatIsUsedDuringTheSweepStays(CaseVariant variant, bool survives)
    {
        var store = Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        _time.Advance(IdleTimeout - TimeSpan.FromSeconds(1));
        var used = Task.FromResult<string?>(null);
        _time.InterruptOnce(() =>
        {
            used = store.TouchAsync(id, Cancellation).AsTask();
            _time.Advance(TimeSpan.FromSeconds(2));
            return _time.GetUtcNow();
        });
        (store as PublishedSessionStore)?.Sweep();
        // Fixed does not ask for the time before it asks Redis.
        _time.GetUtcNow();
        Assert.NotNull(await used);

        Assert.Equal(survives, await store.ExistsAsync(id, Cancellation));
    }

    /// <summary>The defect of the incident and of the published fix: nothing bounds a cart.</summary>
    [Theory]
    [InlineData(CaseVariant.Leaky, 150)]
    [InlineData(CaseVariant.Published, 150)]
    [InlineData(CaseVariant.Fixed, FixedSessionStore.MaxItems)]
    public async Task ACartTakesAHundredProducts(CaseVariant variant, int products)
    {
        var store = Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        var last = new CartChange(null);
        for (var index = 0; index < 150; index++)
            last = await store.SetItemAsync(id, $"SKU-{index:D4}", 1, Cancellation);
        // One that is in the cart may change, however full it is.
        var changed = await store.SetItemAsync(id, "SKU-0000", 2, Cancellation);

        Assert.Equal(products < 150, last.IsFull);
        Assert.Equal(products, changed.Session!.Cart.Count);
        Assert.Equal(2, changed.Session.Cart[0].Quantity);
    }

    private ISessionStore Create(CaseVariant variant)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"Cases:{CaseCatalog.SessionStore.Id}:Capacity", $"{Capacity}")]).Build();
        var options = Options.Create(_options);
        ISessionStore store = variant switch
        {
            CaseVariant.Leaky => new LeakySessionStore(options, _time),
            CaseVariant.Published => new PublishedSessionStore(options, configuration, _time),
            _ => new FixedSessionStore(_redis!, options, configuration, _time, _services.GetRequiredService<CacheMetrics>()),
        };
        if (store is IDisposable disposable)
            _stores.Add(disposable);
        return store;
    }

    private static async Task AssertUnknownAsync(ISessionStore store, string id)
    {
        Assert.Null(await store.FindAsync(id, Cancellation));
        Assert.Null((await store.SetItemAsync(id, "SKU-0001", 1, Cancellation)).Session);
        Assert.Null((await store.RemoveItemAsync(id, "SKU-0001", Cancellation)).Session);
        Assert.Null(await store.TouchAsync(id, Cancellation));
        Assert.False(await store.ExistsAsync(id, Cancellation));
        Assert.False(await store.DeleteAsync(id, Cancellation));
        await store.TakeLinesAsync(id, Guid.NewGuid(), [], Cancellation);
    }

    /// <summary>The session's time in Redis, to the minute, after something was done with it when only two minutes were left.</summary>
    private async Task<TimeSpan> TimeLeftAfterAsync(string id, Func<ISessionStore, Task> use)
    {
        RedisKey key = $"{_options.KeyPrefix}session:{{{id}}}";
        await _redis!.GetDatabase().KeyExpireAsync(key, TimeSpan.FromMinutes(2));
        await use(Create(CaseVariant.Fixed));
        var left = await _redis.GetDatabase().KeyTimeToLiveAsync(key);
        return TimeSpan.FromMinutes(Math.Ceiling(left!.Value.TotalMinutes));
    }

    private static Task<bool> ReleasedAsync(WeakReference reference)
        => Eventually.ReadAsync(() =>
        {
            // Redis's client lets go of what it has sent a moment after the answer.
            Memory.Collect();
            return Task.FromResult(reference.IsAlive);
        }, isAlive => !isAlive, "the session to be released");

    /// <summary>The customer's id, which a store in this process keeps with the session.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> LogIn(ISessionStore store)
    {
        var customer = $"customer-{Guid.NewGuid()}";
        await store.CreateAsync(customer, Cancellation);
        return new WeakReference(customer);
    }

    private sealed class InterruptibleTime : FakeTimeProvider
    {
        private Func<DateTimeOffset>? _interruption;

        /// <summary>Runs the interruption when the code under test next reads the time; its result is the answer.</summary>
        public void InterruptOnce(Func<DateTimeOffset> interruption) => _interruption = interruption;

        public override DateTimeOffset GetUtcNow() => Interlocked.Exchange(ref _interruption, null) is { } interruption ? interruption() : base.GetUtcNow();
    }
}
