using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Shop.Documents;
using Shop.Documents.Thumbnails;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Caching;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>When the variants render, which of them retain thumbnails, the bounds of Fixed, and the defects of Published.</summary>
public sealed partial class ThumbnailsTests : RetainedContract
{
    private const int Capacity = 20;
    // As heavy as the capacity assumes.
    private const int Length = FixedThumbnails.TypicalBytes - FixedThumbnails.OverheadBytes;
    private readonly string _path = Directory.CreateTempSubdirectory("shop-tests-").FullName;
    private int _capacity = Capacity;
    private int _documents;
    private int _renderings;

    private protected override IThumbnails Current => Services.GetRequiredService<CaseSwitch<IThumbnails>>().Current;

    private protected override long Bound => Capacity;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_path, recursive: true);
        GC.SuppressFinalize(this);
    }

    [Theory, Variants]
    public async Task AFailedRenderingIsNotCached(CaseVariant variant)
    {
        Switch.Select(variant);
        await Assert.ThrowsAsync<InvalidDataException>(async () => await Current.FindAsync(
            TestThumbnails.Document(1), (_, _) => throw new InvalidDataException("no content"), Cancellation));

        Assert.Equal(0, Switch.HeldItems);
        Assert.Equal(TestThumbnails.Png(1, Length), await FindAsync(1));
    }

    /// <summary>Each thumbnail has up to 200 KB, so their number says little. The gauge reports what is alive.</summary>
    [Fact]
    public async Task FixedNeverHoldsMoreBytesThanItsBound()
    {
        const long bound = (long)Capacity * FixedThumbnails.TypicalBytes;
        var held = new long[400];
        var thumbnails = new WeakReference[held.Length];
        await Parallel.ForAsync(0, held.Length, Cancellation, async (number, _) =>
        {
            thumbnails[number] = await ReferToAsync(number, length: 1 + (number * 7_919 % FixedThumbnails.MaxEntryBytes));
            held[number] = Gauge("app.cache.bytes");
        });
        Memory.Collect();

        Assert.InRange(held.Max(), bound / 2, bound);
        Assert.Equal(Gauge("app.cache.bytes"), thumbnails.Sum(thumbnail => WeightOf(thumbnail.Target)));
        Assert.InRange(TestThumbnails.BytesIn(_path), bound, new ThumbnailOptions().DiskBytes);
    }

    [Fact]
    public async Task FixedFindsOnDiskWhatItHasEvictedFromMemory()
    {
        var evicted = await FindAsync(1);
        await AgeAsync();
        var (renderings, hits) = (_renderings, Gauge("app.cache.hits"));

        Assert.Equal(evicted, await FindAsync(1));
        Assert.Equal(evicted, await FindAsync(1));
        Assert.Equal((renderings, hits + 1), (_renderings, Gauge("app.cache.hits")));
    }

    [Fact]
    public async Task FixedRendersAgainWhatIsDamagedOnDisk()
    {
        await FindAsync(1);
        await AgeAsync();
        await File.WriteAllBytesAsync(Path.Combine(_path, TestThumbnails.Key(1).FileName), new byte[Length], Cancellation);
        var renderings = _renderings;

        Assert.Equal(TestThumbnails.Png(1, Length), await FindAsync(1));
        Assert.Equal(renderings + 1, _renderings);
    }

    [Fact]
    public async Task FixedRendersAgainIfTheContentHasChanged()
    {
        await FindAsync(TestThumbnails.Document(1));
        await FindAsync(TestThumbnails.Document(1) with { Sha256 = TestThumbnails.Document(2).Sha256 });

        Assert.Equal(2, _renderings);
    }

    [Fact]
    public async Task AResetOfFixedDeletesTheFiles()
    {
        await FindAsync(1);
        Assert.Single(Directory.GetFiles(_path));
        Switch.Reset();

        Assert.Empty(Directory.GetFiles(_path));
    }

    [Fact]
    public async Task FixedServesAlthoughTheDiskFails()
    {
        Directory.Delete(_path);
        await File.WriteAllTextAsync(_path, "", Cancellation);
        Assert.Equal(TestThumbnails.Png(1, Length), await FindAsync(1));
        Assert.Equal(TestThumbnails.Png(1, Length), await FindAsync(1));
        File.Delete(_path);
        Directory.CreateDirectory(_path);

        Assert.Equal(1, _renderings);
    }

    /// <summary>
    /// A Zipf trace over images of 1 to 9 KB whose bytes are sixteen times the memory's: the best static set is the one that knows the
    /// number of requests of each image in advance.
    /// </summary>
    [Fact]
    public async Task FixedHasMostOfTheHitsOfTheBestStaticSet()
    {
        const int images = 4_096, requests = 60_000, warmUp = requests / 4, kilobyte = 1024;
        int[] lengths = [.. Enumerable.Range(0, images).Select(image => kilobyte + (image * 7_919 % (8 * kilobyte)))];
        var memory = lengths.Sum(length => length + FixedThumbnails.OverheadBytes) / 16;
        _capacity = memory / FixedThumbnails.TypicalBytes;
        var trace = ZipfTrace.Create(42, 1.0, images, requests);
        foreach (var image in trace[..warmUp])
            await FindAsync(image, lengths[image]);
        var (hits, renderings) = (Gauge("app.cache.hits"), _renderings);
        foreach (var image in trace[warmUp..])
            await FindAsync(image, lengths[image]);
        hits = Gauge("app.cache.hits") - hits;
        var best = HitsOfBestStaticSet(trace[warmUp..], lengths, _capacity * FixedThumbnails.TypicalBytes);

        var onDisk = requests - warmUp - hits - (_renderings - renderings);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"in memory {Percent(hits)}, on disk {Percent(onDisk)}; best static set {Percent(best)}");
        Assert.InRange(hits, best * 92 / 100, best);
        // What memory has evicted is on disk.
        Assert.Equal(trace.Distinct().Count(), _renderings);

        string Percent(long count) => $"{100.0 * count / (requests - warmUp):0.0} %";
    }

    // The most hits per byte first; the fraction of the last image that would still fit counts too, so no set is better.
    private static long HitsOfBestStaticSet(int[] trace, int[] lengths, long bytes)
    {
        var hits = 0.0;
        foreach (var image in trace.CountBy(image => image).OrderByDescending(image => (double)image.Value / Weight(image.Key)))
        {
            var share = Math.Min(1, (double)bytes / Weight(image.Key));
            hits += share * image.Value;
            bytes -= Weight(image.Key);
            if (bytes <= 0)
                break;
        }
        return (long)Math.Ceiling(hits);

        long Weight(int image) => lengths[image] + FixedThumbnails.OverheadBytes;
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration[$"Cases:{Study.Id}:Capacity"] = $"{_capacity}";
        builder.Configuration["Thumbnails:Folder"] = _path;
        builder.Services.AddMetrics().AddSingleton<CacheMetrics>().AddSingleton(TimeProvider.System);
        cases.Add<ThumbnailsCase>();
        builder.Services.AddKeyedSingleton<IThumbnails, PublishedThumbnails>(CaseVariant.Published);
    }

    /// <summary>A thumbnail is rendered once and then found, for its own document only.</summary>
    private protected override async Task BehaveAsync()
    {
        var (number, renderings) = (NextDocument(), _renderings);
        var first = await FindAsync(number);

        Assert.Equal(TestThumbnails.Png(number, Length), first);
        Assert.Same(first, await FindAsync(number));
        Assert.NotEqual(first, await FindAsync(NextDocument()));
        Assert.Equal(renderings + 2, _renderings);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override Task<WeakReference> OperateAsync() => ReferToAsync(NextDocument());

    /// <summary>Many newer thumbnails.</summary>
    private protected override async Task AgeAsync()
    {
        for (var index = 0; index < 10 * Capacity; index++)
            await FindAsync(NextDocument());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> ReferToAsync(int number, int length = Length) => new(await FindAsync(number, length));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long WeightOf(object? thumbnail) => thumbnail is byte[] png ? png.Length + FixedThumbnails.OverheadBytes : 0;

    private int NextDocument() => 1_000_000 + Interlocked.Increment(ref _documents);

    private ValueTask<byte[]> FindAsync(int number, int length = Length) => FindAsync(TestThumbnails.Document(number), number, length);

    private ValueTask<byte[]> FindAsync(DocumentView document, int number = 0, int length = Length)
        => Current.FindAsync(document, (_, _) =>
        {
            Interlocked.Increment(ref _renderings);
            return ValueTask.FromResult(TestThumbnails.Png(number, length));
        }, Cancellation);

    private long Gauge(string instrument) => CacheReadings.Of(Services)[$"{instrument} cache=thumbnails"];
}
