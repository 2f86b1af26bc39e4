using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.Documents;
using Shop.Documents.Data;
using Shop.Documents.DocumentCache;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The behaviour of the variants, which of them retain documents, and the defects of Published.</summary>
public sealed partial class DocumentCacheTests : RetainedContract
{
    private const int Capacity = 20;
    private const string Owner = "owner";
    private readonly FakeTimeProvider _time = new();
    private int _loads;

    private protected override IDocumentCache Current => Services.GetRequiredService<CaseSwitch<IDocumentCache>>().Current;

    private protected override long Bound => Capacity;

    [Theory, Variants]
    public async Task AMissingDocumentIsNotCached(CaseVariant variant)
    {
        Switch.Select(variant);
        var id = Guid.NewGuid();

        Assert.Null(await Current.FindAsync(id, (_, _) => ValueTask.FromResult<DocumentView?>(null), Cancellation));
        Assert.Equal(0, Switch.HeldItems);
        Assert.NotNull(await FindAsync(id));
    }

    [Theory, Variants]
    public async Task AnotherCustomersDocumentIsNotFoundEvenIfCached(CaseVariant variant)
    {
        Switch.Select(variant);
        var id = Guid.NewGuid();

        Assert.Null(await Current.FindOwnAsync(id, new("stranger", "s"), LoadAsync, Cancellation));
        Assert.NotNull(await Current.FindOwnAsync(id, new(Owner, "s"), LoadAsync, Cancellation));
        Assert.Null(await Current.FindOwnAsync(id, new("stranger", "s"), LoadAsync, Cancellation));
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
        var id = Guid.NewGuid();
        await FindAsync(id);
        foreach (var minutes in minutesBetweenUses)
        {
            _time.Advance(TimeSpan.FromMinutes(minutes));
            await FindAsync(id);
        }

        Assert.Equal(loads, _loads);
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration[$"Cases:{Study.Id}:Capacity"] = $"{Capacity}";
        builder.Services.AddMetrics().AddSingleton<CacheMetrics>().AddSingleton<TimeProvider>(_time);
        cases.Add<DocumentCacheCase>();
    }

    /// <summary>A document is loaded once and then cached.</summary>
    private protected override async Task BehaveAsync()
    {
        var id = Guid.NewGuid();
        var loads = _loads;
        var first = await FindAsync(id);
        var second = await FindAsync(id);

        Assert.Equal(id, first!.DocumentId);
        Assert.Same(first, second);
        Assert.Equal(loads + 1, _loads);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override async Task<WeakReference> OperateAsync() => new(await FindAsync(Guid.NewGuid()));

    /// <summary>Many newer documents; few for Published, whose full cache may evict any document in the background.</summary>
    private protected override Task AgeAsync() => FindManyAsync(Current is PublishedDocumentCache ? Capacity / 2 : 10 * Capacity);

    private protected override bool Leaks(CaseVariant variant) => variant != CaseVariant.Fixed;

    private ValueTask<DocumentView?> FindAsync(Guid id) => Current.FindAsync(id, LoadAsync, Cancellation);

    private async Task FindManyAsync(int documents)
    {
        for (var index = 0; index < documents; index++)
            await FindAsync(Guid.NewGuid());
    }

    private ValueTask<DocumentView?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _loads);
        return ValueTask.FromResult<DocumentView?>(
            new(id, Owner, null, DocumentKind.Upload, 1, 1, 1, new string('0', 64), _time.GetUtcNow()));
    }
}
