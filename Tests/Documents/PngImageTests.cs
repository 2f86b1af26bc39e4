using System.Diagnostics;
using Shop.Documents.Imaging;
using Shop.Tests.Hostile;
using SkiaSharp;

namespace Shop.Tests.Documents;

public sealed class PngImageTests
{
    // Far below the memory that an image of the announced size would need.
    private const long MaxAllocation = 1024 * 1024;

    [Theory]
    [InlineData("not a png")]
    [InlineData("another format")]
    [InlineData("header only")]
    [InlineData("no pixels")]
    [InlineData("65535 x 65535")]
    [InlineData("zip bomb")]
    [InlineData("truncated")]
    [InlineData("without its end")]
    [InlineData("bytes after its end")]
    [InlineData("endless chunk")]
    [InlineData("wrong checksum")]
    public void ABrokenOrHostileImageIsRefusedBeforeItIsDecoded(string kind)
    {
        using var file = new MemoryStream(HostilePng.Create(kind));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<PngException>(() => PngImage.Open(file));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocation);
    }

    [Theory]
    [InlineData("fewer pixels")]
    [InlineData("unknown filter")]
    [InlineData("wrong checksum of the pixels")]
    public void DamagedPixelsAreRefused(string kind)
    {
        using var image = Open(HostilePng.Create(kind));
        Assert.Throws<PngException>(() => image.Decode());
    }

    [Theory]
    [InlineData(8_193, 1)]
    [InlineData(1, 8_193)]
    [InlineData(8_192, 2_049)]
    [InlineData(5_000, 5_000)]
    public void AnImageWithASideOrPixelCountAboveTheLimitIsRefusedByItsHeader(int width, int height)
    {
        var refusal = Assert.Throws<PngException>(() => Open(HostilePng.WithDeclaredSize(width, height)));

        Assert.Contains($"{width} × {height}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8_192, 2_048)]
    [InlineData(2_048, 8_192)]
    [InlineData(4_096, 4_096)]
    public void AnImageAtTheLimitsIsNotRefusedForItsSize(int width, int height)
    {
        using var image = Open(HostilePng.WithDeclaredSize(width, height));

        Assert.Equal((width, height), (image.Width, image.Height));
    }

    /// <summary>A compressed colour profile of 64 MB is not part of the pixels and is not inflated.</summary>
    [Fact]
    public void AZipBombOutsideThePixelsIsNotInflated()
    {
        using var image = Open(HostilePng.Create("bomb beside the pixels"));
        var before = PrivateBytes();
        using var pixels = image.Decode();

        Assert.InRange(PrivateBytes() - before, long.MinValue, 32 * 1024 * 1024);
    }

    /// <summary>If the pixels of all these images leaked, they would take 2 GB.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NativeMemoryIsReleasedWhetherAnImageIsAcceptedOrRefused(bool isSound)
    {
        var png = isSound ? Large() : HostilePng.WithDeclaredSize(4_096, 4_096);
        var before = PrivateBytes();
        for (var pass = 0; pass < 32; pass++)
        {
            using var image = Open(png);
            using var scaled = isSound ? image.Scale() : null;
            if (!isSound)
                Assert.Throws<PngException>(() => image.Scale());
        }

        Assert.InRange(PrivateBytes() - before, long.MinValue, 512 * 1024 * 1024);
    }

    [Fact]
    public void AnImageThatFitsKeepsItsPixels()
    {
        using var drawn = new SKBitmap(16, 16, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        // Nearly transparent pixels must keep their colour too.
        drawn.Pixels = [.. Enumerable.Range(0, 16 * 16)
            .Select(index => new SKColor((byte)(index * 15), (byte)(index * 7), (byte)(index ^ 60), (byte)(index | 1)))];
        using var scaled = Scale(drawn);

        Assert.Equal(drawn.Pixels, scaled.Pixels);
    }

    [Fact]
    public void AThumbnailKeepsTheProportionsWithinItsBound()
    {
        using var drawn = Drawn(600, 150, SKColors.Teal);
        using var scaled = Scale(drawn);

        Assert.Equal((PngImage.MaxScaledSide, PngImage.MaxScaledSide / 4), (scaled.Width, scaled.Height));
        Assert.All(scaled.Pixels, pixel => Assert.Equal(SKColors.Teal, pixel));
    }

    [Theory]
    [InlineData(8_192, 1)]
    [InlineData(1, 8_192)]
    public void AThumbnailOfAOnePixelWideImageIsOnePixelWide(int width, int height)
    {
        using var drawn = Drawn(width, height, SKColors.Teal);
        using var scaled = Scale(drawn);

        Assert.Equal((Math.Min(width, PngImage.MaxScaledSide), Math.Min(height, PngImage.MaxScaledSide)), (scaled.Width, scaled.Height));
    }

    /// <summary>Scaling averages all pixels: single pixels of another colour do not vanish between sampling points.</summary>
    [Fact]
    public void EveryPixelContributesToAThumbnail()
    {
        using var drawn = Drawn(1_024, 1_024, SKColors.White);
        for (var at = 3; at < 1_024; at += 8)
            drawn.SetPixel(at, at, SKColors.Black);
        using var scaled = Scale(drawn);

        for (var at = 0; at < PngImage.MaxScaledSide; at++)
            Assert.InRange(scaled.GetPixel(at, at).Red, 200, 254);
    }

    private static SKBitmap Drawn(int width, int height, SKColor color)
    {
        var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        bitmap.Erase(color);
        return bitmap;
    }

    private static byte[] Large()
    {
        using var drawn = new SKBitmap(4_096, 4_096, SKColorType.Gray8, SKAlphaType.Opaque);
        drawn.Erase(SKColors.Gray);
        using var png = drawn.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static SKBitmap Scale(SKBitmap drawn)
    {
        using var png = drawn.Encode(SKEncodedImageFormat.Png, quality: 100);
        using var image = Open(png.ToArray());
        return image.Scale();
    }

    private static PngImage Open(byte[] png) => PngImage.Open(new MemoryStream(png));

    private static long PrivateBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PrivateMemorySize64;
    }
}
