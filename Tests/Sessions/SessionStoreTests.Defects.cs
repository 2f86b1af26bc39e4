using Shop.ServiceDefaults.Cases;
using Shop.Sessions.SessionStore;
using Shop.Tests.Cases;

namespace Shop.Tests.Sessions;

/// <content>The defects of Published.</content>
public sealed partial class SessionStoreTests
{
    /// <summary>New sessions evict sessions that are in use.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task AFloodOfLogInsEvictsNoSessionInUse(CaseVariant variant, bool survives)
    {
        Switch.Select(variant);
        var id = await Current.CreateAsync("customer", Cancellation);
        await Current.SetItemAsync(id, "SKU-0001", 1, Cancellation);
        for (var index = 0; index < Capacity; index++)
            await Current.CreateAsync("flood", Cancellation);

        Assert.Equal(survives, await Current.FindAsync(id, Cancellation) is { Cart: [{ Sku: "SKU-0001" }] });
    }

    /// <summary>Of two concurrent uses the last write wins, even with the earlier time.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task AnEarlierUseThatCompletesLaterDoesNotShortenTheSession(CaseVariant variant, bool survives)
    {
        Switch.Select(variant);
        var id = await Current.CreateAsync("customer", Cancellation);
        var later = Task.FromResult<string?>(null);
        _time.InterruptOnce(() =>
        {
            var earlier = _time.GetUtcNow();
            _time.Advance(TimeSpan.FromMinutes(2));
            later = Current.TouchAsync(id, Cancellation).AsTask();
            return earlier;
        });
        await Current.FindAsync(id, Cancellation);
        Assert.NotNull(await later);
        _time.Advance(IdleTimeout - TimeSpan.FromMinutes(1));

        Assert.Equal(survives, await Current.ExistsAsync(id, Cancellation));
    }

    /// <summary>
    /// The sweep removes a session that was used between its check and its removal. Fixed has no sweep;
    /// Redis expires the sessions.
    /// </summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task ASessionThatIsUsedDuringTheSweepIsKept(CaseVariant variant, bool survives)
    {
        Switch.Select(variant);
        var id = await Current.CreateAsync("customer", Cancellation);
        _time.Advance(IdleTimeout - TimeSpan.FromSeconds(1));
        var used = Task.FromResult<string?>(null);
        _time.InterruptOnce(() =>
        {
            used = Current.TouchAsync(id, Cancellation).AsTask();
            _time.Advance(TimeSpan.FromSeconds(2));
            return _time.GetUtcNow();
        });
        (Current as PublishedSessionStore)?.Sweep();
        // Fixed has not read the time, so the interruption runs here.
        _time.GetUtcNow();
        Assert.NotNull(await used);

        Assert.Equal(survives, await Current.ExistsAsync(id, Cancellation));
    }

    /// <summary>A cart is unbounded.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Leaky, 150)]
    [InlineData(CaseVariant.Published, 150)]
    [InlineData(CaseVariant.Fixed, FixedSessionStore.MaxItems)]
    public async Task ACartHoldsAtMostAHundredProducts(CaseVariant variant, int products)
    {
        Switch.Select(variant);
        var id = await Current.CreateAsync("customer", Cancellation);
        var last = new CartChange(null);
        for (var index = 0; index < 150; index++)
            last = await Current.SetItemAsync(id, $"SKU-{index:D4}", 1, Cancellation);
        // The quantity of a product in the cart may change even if the cart is full.
        var changed = await Current.SetItemAsync(id, "SKU-0000", 2, Cancellation);

        Assert.Equal(products < 150, last.IsFull);
        Assert.Equal(products, changed.Session!.Cart.Count);
        Assert.Equal(2, changed.Session.Cart[0].Quantity);
    }
}
