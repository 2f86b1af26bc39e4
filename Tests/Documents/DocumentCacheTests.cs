using Shop.Documents;
using Shop.Documents.Data;
using Shop.Documents.DocumentCache;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;

namespace Shop.Tests.Documents;

/// <summary>The behaviour of the variants, and which of them retain documents.</summary>
public sealed class DocumentCacheTests : IDisposable
{
    private readonly DocumentCaches _caches = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _caches.Dispose();

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task ADocumentIsLoadedOnceAndThenCached(CaseVariant variant)
    {
        var cache = _caches.Create(variant);
        var id = Guid.NewGuid();
        var first = await cache.FindAsync(id, _caches.LoadAsync, Cancellation);
        var second = await cache.FindAsync(id, _caches.LoadAsync, Cancellation);

        Assert.Equal(id, first!.DocumentId);
        Assert.Same(first, second);
        Assert.Equal(1, _caches.Loads);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task AMissingDocumentIsNotCached(CaseVariant variant)
    {
        var cache = _caches.Create(variant);
        var id = Guid.NewGuid();

        Assert.Null(await cache.FindAsync(id, (_, _) => ValueTask.FromResult<DocumentView?>(null), Cancellation));
        Assert.Equal(0, DocumentCaches.Held(cache));
        Assert.NotNull(await cache.FindAsync(id, _caches.LoadAsync, Cancellation));
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task AnotherCustomersDocumentIsNotFoundEvenIfCached(CaseVariant variant)
    {
        var cache = _caches.Create(variant);
        var id = Guid.NewGuid();

        Assert.Null(await cache.FindOwnAsync(id, new("stranger", "s"), _caches.LoadAsync, Cancellation));
        Assert.NotNull(await cache.FindOwnAsync(id, new(DocumentCaches.Owner, "s"), _caches.LoadAsync, Cancellation));
        Assert.Null(await cache.FindOwnAsync(id, new("stranger", "s"), _caches.LoadAsync, Cancellation));
    }

    [Theory]
    [InlineData(CaseVariant.Leaky, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public async Task OnlyLeakyRetainsADocumentAfterManyNewerOnes(CaseVariant variant, bool held)
    {
        var cache = _caches.Create(variant);
        var document = await _caches.FindOneAsync(cache);
        await _caches.FindManyAsync(cache, 10 * DocumentCaches.Capacity);
        Memory.Collect();

        Assert.Equal(held, document.IsAlive);
        GC.KeepAlive(cache);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Published)]
    [InlineData(CaseVariant.Fixed)]
    public async Task ResetReleasesEverything(CaseVariant variant)
    {
        var cache = _caches.Create(variant);
        var document = await _caches.FindOneAsync(cache);
        Assert.Equal(1, DocumentCaches.Held(cache));
        ((ICaseState)cache).Reset();
        Memory.Collect();

        Assert.Equal(0, DocumentCaches.Held(cache));
        Assert.False(document.IsAlive);
        GC.KeepAlive(cache);
    }

    [Fact]
    public async Task FixedStaysWithinItsBound()
    {
        var cache = _caches.Create(CaseVariant.Fixed);
        for (var index = 0; index < 20 * DocumentCaches.Capacity; index++)
        {
            await _caches.FindManyAsync(cache, 1);
            Assert.InRange(DocumentCaches.Held(cache), 1, DocumentCaches.Capacity);
        }
    }

    [Theory]
    // Unused for 29, then for 31 minutes.
    [InlineData(new[] { 29 }, 1)]
    [InlineData(new[] { 29, 31 }, 2)]
    // Used every 20 minutes: it expires after two hours nevertheless.
    [InlineData(new[] { 20, 20, 20, 20, 20 }, 1)]
    [InlineData(new[] { 20, 20, 20, 20, 20, 20 }, 2)]
    public async Task FixedLoadsAnExpiredDocumentAgain(int[] minutesBetweenUses, int loads)
    {
        var cache = _caches.Create(CaseVariant.Fixed);
        var id = Guid.NewGuid();
        await cache.FindAsync(id, _caches.LoadAsync, Cancellation);
        foreach (var minutes in minutesBetweenUses)
        {
            _caches.Time.Advance(TimeSpan.FromMinutes(minutes));
            await cache.FindAsync(id, _caches.LoadAsync, Cancellation);
        }

        Assert.Equal(loads, _caches.Loads);
    }
}
