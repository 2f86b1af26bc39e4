using System.Net;
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
    private const int Callers = 20;
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
            using var bitmap = SKBitmap.Decode(png);
            Assert.Equal((Side, Side), (bitmap.Width, bitmap.Height));
            using var response = await stranger.Documents.GetAsync(route, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    // Fixed has room for the capacity's number of thumbnails of 40 KB; these have 58.
    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Leaky ? (Documents, Documents) : (1, ShopFixture.ThumbnailsCapacity);

    /// <summary>The request that started a rendering may end before the others that wait for it.</summary>
    [Fact]
    public async Task ConcurrentRequestsGetTheSameThumbnailAlthoughTheFirstIsCancelled()
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "thumbnails-callers");
        var route = $"/documents/{await customer.UploadAsync(_image)}/thumbnail";
        using var impatient = new CancellationTokenSource();
        var cancelled = customer.Documents.GetAsync(route, impatient.Token);
        var waiting = Enumerable.Range(0, Callers).Select(_ => customer.Documents.GetByteArrayAsync(route, Cancellation)).ToList();
        await impatient.CancelAsync();
        var found = await Task.WhenAll(waiting);

        await Record.ExceptionAsync(() => cancelled);
        Assert.All(found, png => Assert.Equal(found[0], png));
        Assert.NotEmpty(found[0]);
    }
}
