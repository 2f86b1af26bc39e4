using Shop.ServiceDefaults.Cases;
using Shop.Sessions.SessionStore;
using Shop.Tests.AppHost;

namespace Shop.Tests.Sessions;

/// <summary>The defects of the published fix, which Fixed does not have.</summary>
[RunningShop]
public sealed class SessionStoreDefectTests(ShopFixture shop) : IAsyncLifetime
{
    private SessionStores _stores = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _stores = await SessionStores.ConnectAsync(shop.App);

    public ValueTask DisposeAsync()
    {
        _stores?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A defect of the published fix: new sessions evict sessions that are in use.</summary>
    [Theory]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task AFloodOfLogInsEvictsNoSessionInUse(CaseVariant variant, bool survives)
    {
        var store = _stores.Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        await store.SetItemAsync(id, "SKU-0001", 1, Cancellation);
        for (var index = 0; index < SessionStores.Capacity; index++)
            await store.CreateAsync("flood", Cancellation);

        Assert.Equal(survives, await store.FindAsync(id, Cancellation) is { Cart: [{ Sku: "SKU-0001" }] });
    }

    /// <summary>A defect of the published fix: of two concurrent uses the last write wins, even with the earlier time.</summary>
    [Theory]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task AnEarlierUseThatCompletesLaterDoesNotShortenTheSession(CaseVariant variant, bool survives)
    {
        var store = _stores.Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        var later = Task.FromResult<string?>(null);
        _stores.Time.InterruptOnce(() =>
        {
            var earlier = _stores.Time.GetUtcNow();
            _stores.Time.Advance(TimeSpan.FromMinutes(2));
            later = store.TouchAsync(id, Cancellation).AsTask();
            return earlier;
        });
        await store.FindAsync(id, Cancellation);
        Assert.NotNull(await later);
        _stores.Time.Advance(SessionStores.IdleTimeout - TimeSpan.FromMinutes(1));

        Assert.Equal(survives, await store.ExistsAsync(id, Cancellation));
    }

    /// <summary>
    /// A defect of the published fix: the sweep removes a session that was used between its check and its removal. Fixed has no sweep;
    /// Redis expires the sessions.
    /// </summary>
    [Theory]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task ASessionThatIsUsedDuringTheSweepIsKept(CaseVariant variant, bool survives)
    {
        var store = _stores.Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        _stores.Time.Advance(SessionStores.IdleTimeout - TimeSpan.FromSeconds(1));
        var used = Task.FromResult<string?>(null);
        _stores.Time.InterruptOnce(() =>
        {
            used = store.TouchAsync(id, Cancellation).AsTask();
            _stores.Time.Advance(TimeSpan.FromSeconds(2));
            return _stores.Time.GetUtcNow();
        });
        (store as PublishedSessionStore)?.Sweep();
        // Fixed has not read the time, so the interruption runs here.
        _stores.Time.GetUtcNow();
        Assert.NotNull(await used);

        Assert.Equal(survives, await store.ExistsAsync(id, Cancellation));
    }

    /// <summary>A defect of the incident and of the published fix: a cart is unbounded.</summary>
    [Theory]
    [InlineData(CaseVariant.Leaky, 150)]
    [InlineData(CaseVariant.Published, 150)]
    [InlineData(CaseVariant.Fixed, FixedSessionStore.MaxItems)]
    public async Task ACartHoldsAtMostAHundredProducts(CaseVariant variant, int products)
    {
        var store = _stores.Create(variant);
        var id = await store.CreateAsync("customer", Cancellation);
        var last = new CartChange(null);
        for (var index = 0; index < 150; index++)
            last = await store.SetItemAsync(id, $"SKU-{index:D4}", 1, Cancellation);
        // The quantity of a product in the cart may change even if the cart is full.
        var changed = await store.SetItemAsync(id, "SKU-0000", 2, Cancellation);

        Assert.Equal(products < 150, last.IsFull);
        Assert.Equal(products, changed.Session!.Cart.Count);
        Assert.Equal(2, changed.Session.Cart[0].Quantity);
    }
}
