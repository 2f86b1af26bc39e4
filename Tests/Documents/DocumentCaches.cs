using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.Documents;
using Shop.Documents.Data;
using Shop.Documents.DocumentCache;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Documents;

/// <summary>Creates the variants for a test and counts the documents that they load.</summary>
internal sealed class DocumentCaches : IDisposable
{
    public const int Capacity = 20;
    public const string Owner = "owner";
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<IDocumentCache> _created = [];

    public FakeTimeProvider Time { get; } = new();

    public IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public int Loads { get; set; }

    public IDocumentCache Create(CaseVariant variant)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"Cases:{DocumentCacheCase.Study.Id}:Capacity", $"{Capacity}")]).Build();
        IDocumentCache cache = variant switch
        {
            CaseVariant.Leaky => new LeakyDocumentCache(Time),
            CaseVariant.Published => new PublishedDocumentCache(configuration, Meters),
            _ => new FixedDocumentCache(configuration, Time, new CacheMetrics(Meters)),
        };
        _created.Add(cache);
        return cache;
    }

    public ValueTask<DocumentView?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        Loads++;
        return ValueTask.FromResult<DocumentView?>(
            new(id, Owner, null, DocumentKind.Upload, 1, 1, 1, new string('0', 64), Time.GetUtcNow()));
    }

    public async Task FindManyAsync(IDocumentCache cache, int documents)
    {
        for (var index = 0; index < documents; index++)
            await cache.FindAsync(Guid.NewGuid(), LoadAsync, TestContext.Current.CancellationToken);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public async Task<WeakReference> FindOneAsync(IDocumentCache cache)
        => new(await cache.FindAsync(Guid.NewGuid(), LoadAsync, TestContext.Current.CancellationToken));

    public static long Held(IDocumentCache cache) => ((ICaseState)cache).HeldItems;

    // Leaky's dictionary is static, so its entries would carry over to the next test. A test that did not create Leaky must not reset it,
    // because a test of another class may use it at the same time.
    public void Dispose()
    {
        foreach (var cache in _created)
        {
            (cache as LeakyDocumentCache)?.Reset();
            (cache as IDisposable)?.Dispose();
        }
        _services.Dispose();
    }
}
