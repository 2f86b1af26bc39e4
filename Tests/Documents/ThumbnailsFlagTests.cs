using System.Globalization;
using System.Net;
using Aspire.Hosting.Testing;
using Npgsql;
using Shop.Lab.Load;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;
using SkiaSharp;

namespace Shop.Tests.Documents;

/// <summary>The flag on the running Shop: how many thumbnails are retained, and that only its owner can read a cached one.</summary>
public sealed class ThumbnailsFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Documents = 2 * ShopFixture.ThumbnailsCapacity;
    private const int Side = 128;
    // Fewer than may hold an image at the same time.
    private const int Callers = 5;
    private const string CountWaiting = "SELECT count(*) FROM pg_locks WHERE relation = 'document_contents'::regclass AND NOT granted";
    private readonly byte[] _image = PngImages.CreateNoise(Side);

    /// <summary>Reads each thumbnail rendered, and from the cache; and then as another customer.</summary>
    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var owner = await TestCustomer.LogInAsync(Shop.App, "thumbnails-owner");
        using var stranger = await TestCustomer.LogInAsync(Shop.App, "thumbnails-stranger");
        for (var index = 0; index < Documents; index++)
        {
            var route = $"/documents/{await owner.UploadAsync(_image)}/thumbnail";
            var png = await owner.Documents.GetByteArrayAsync(route, Cancellation);
            Assert.Equal(png, await owner.Documents.GetByteArrayAsync(route, Cancellation));
            Assert.Equal((Side, Side), SizeOf(png));
            using var response = await stranger.Documents.GetAsync(route, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    // Fixed has room for the capacity's number of thumbnails of 40 KB; these have 58.
    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Leaky ? (Documents, Documents) : (1, ShopFixture.ThumbnailsCapacity);

    /// <summary>A lock keeps the only rendering from ending while the request that started it hangs up.</summary>
    [Fact]
    public async Task ConcurrentRequestsShareARenderingAlsoWhenTheFirstHangsUp()
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "thumbnails-callers");
        var route = $"/documents/{await customer.UploadAsync(_image)}/thumbnail";
        var misses = await ReadMetricAsync("app_cache_misses_total", "cache=\"thumbnails\"");
        await using var database = new NpgsqlConnection(await Shop.App.GetConnectionStringAsync("documents-db", Cancellation));
        await database.OpenAsync(Cancellation);
        await using var transaction = await database.BeginTransactionAsync(Cancellation);
        await ExecuteAsync("LOCK TABLE document_contents");
        using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = customer.Documents.GetAsync(route, hangUp.Token);
        await Eventually.ReadAsync(() => ExecuteAsync(CountWaiting), waiting => waiting == 1, "the rendering to wait for the lock");
        var others = Enumerable.Range(0, Callers).Select(_ => customer.Documents.GetByteArrayAsync(route, Cancellation)).ToList();
        await WaitForMetricAsync("app_cache_misses_total", "cache=\"thumbnails\"", misses + 1 + Callers);
        Assert.Equal(1, await ExecuteAsync(CountWaiting));
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        // The others, the one that reads this, and the samples that the Lab's page reads.
        await WaitForMetricAsync("http_server_active_requests", "http_request_method=\"GET\"", Callers + 2);
        await transaction.RollbackAsync(Cancellation);

        Assert.All(await Task.WhenAll(others), png => Assert.Equal((Side, Side), SizeOf(png)));

        async Task<long> ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, database);
            return await command.ExecuteScalarAsync(Cancellation) is long count ? count : 0;
        }
    }

    private static (int Width, int Height) SizeOf(byte[] png)
    {
        using var bitmap = SKBitmap.Decode(png);
        return (bitmap.Width, bitmap.Height);
    }

    private Task<long> WaitForMetricAsync(string name, string tag, long expected)
        => Eventually.ReadAsync(() => ReadMetricAsync(name, tag), value => value == expected, $"{name} to be {expected}");

    private async Task<long> ReadMetricAsync(string name, string tag)
    {
        using var documents = Shop.App.CreateHttpClient("documents");
        return (await documents.GetStringAsync("/metrics", Cancellation)).Split('\n')
            .Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal) && line.Contains(tag, StringComparison.Ordinal))
            .Sum(line => long.Parse(line.AsSpan(line.LastIndexOf(' ')), CultureInfo.InvariantCulture));
    }
}
