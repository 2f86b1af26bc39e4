using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.Documents.Previews;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>When the variants render, which of them retain previews, and the defects of Published.</summary>
public sealed class PreviewsTests : RetainedContract
{
    private const int Capacity = 20;
    private const int Characters = 10_240;
    private readonly FakeTimeProvider _time = new();
    private int _renderings;

    private protected override IPreviews Current => Services.GetRequiredService<CaseSwitch<IPreviews>>().Current;

    private protected override long Bound => Capacity;

    [Theory, Variants]
    public async Task AFailedRenderingIsNotCached(CaseVariant variant)
    {
        Switch.Select(variant);
        var id = Guid.NewGuid();
        await Assert.ThrowsAsync<InvalidDataException>(
            async () => await Current.FindAsync(id, _ => throw new InvalidDataException("no content"), Cancellation));

        Assert.Equal(0, Switch.HeldItems);
        Assert.Equal(Characters, (await FindAsync(id)).Length);
    }

    [Theory]
    [InlineData(new[] { 9 }, 1)]
    [InlineData(new[] { 9, 9 }, 1)]
    [InlineData(new[] { 9, 11 }, 2)]
    public async Task FixedReleasesAPreviewTenMinutesAfterItsLastUse(int[] minutesBetweenUses, int renderings)
    {
        var id = Guid.NewGuid();
        await FindAsync(id);
        foreach (var minutes in minutesBetweenUses)
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            await FindAsync(id);
        }

        Assert.Equal(renderings, _renderings);
    }

    /// <summary>Each collection empties the cache, also of what is used all the time.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 4)]
    [InlineData(CaseVariant.Fixed, 1)]
    public async Task APreviewThatIsUsedSurvivesACollection(CaseVariant variant, int renderings)
    {
        Switch.Select(variant);
        var id = Guid.NewGuid();
        for (var use = 1; use <= 4; use++)
        {
            await UseAsync(id);
            Memory.Collect();
        }

        Assert.Equal(renderings, _renderings);
    }

    /// <summary>The text is collected, its entry is not.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task ManyPreviewsStayWithinTheBound(CaseVariant variant, bool isBounded)
    {
        Switch.Select(variant);
        await FindManyAsync(10 * Capacity);
        Memory.Collect();

        Assert.Equal(isBounded, Switch.HeldItems <= Capacity);
        Assert.Equal(!isBounded, Switch.HeldItems == 10 * Capacity);
    }

    /// <summary>The article says that IMemoryCache refers to its entries weakly; it does not.</summary>
    [Fact]
    public void AMemoryCacheKeepsItsEntriesInACollection()
    {
        using var cache = new MemoryCache(new MemoryCacheOptions());
        var text = Cache(cache);
        Memory.Collect();

        Assert.True(text.IsAlive);
        Assert.NotNull(cache.Get("preview"));
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration[$"Cases:{Study.Id}:Capacity"] = $"{Capacity}";
        builder.Services.AddMetrics().AddSingleton<CacheMetrics>().AddSingleton<TimeProvider>(_time);
        cases.Add<PreviewsCase>();
        builder.Services.AddKeyedSingleton<IPreviews, PublishedPreviews>(CaseVariant.Published);
    }

    /// <summary>A preview is rendered once and then found.</summary>
    private protected override async Task BehaveAsync()
    {
        var id = Guid.NewGuid();
        var renderings = _renderings;
        var first = await FindAsync(id);

        Assert.Same(first, await FindAsync(id));
        Assert.NotEqual(first, await FindAsync(Guid.NewGuid()));
        Assert.Equal(renderings + 2, _renderings);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override async Task<WeakReference> OperateAsync() => new(await FindAsync(Guid.NewGuid()));

    /// <summary>Many newer previews.</summary>
    private protected override Task AgeAsync() => FindManyAsync(10 * Capacity);

    private async Task FindManyAsync(int documents)
    {
        for (var index = 0; index < documents; index++)
            await FindAsync(Guid.NewGuid());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task UseAsync(Guid id) => Assert.Equal(Characters, (await FindAsync(id)).Length);

    private ValueTask<string> FindAsync(Guid id) => Current.FindAsync(id, _ =>
    {
        Interlocked.Increment(ref _renderings);
        return ValueTask.FromResult(id.ToString().PadRight(Characters));
    }, Cancellation);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Cache(MemoryCache cache) => new(cache.Set("preview", new string('x', Characters)));
}
