using Shop.Documents.Imaging;
using Shop.Documents.Rendering;
using Shop.Tests.Hostile;

namespace Shop.Tests.Documents;

public sealed class PngTests
{
    // Far below what an image of the announced size would take.
    private const long MaxAllocation = 1024 * 1024;

    [Theory]
    [InlineData("not a png")]
    [InlineData("header only")]
    [InlineData("65535 x 65535")]
    [InlineData("zip bomb")]
    [InlineData("truncated")]
    [InlineData("wrong checksum")]
    public void ABrokenOrHostileImageIsRefusedBeforeMemoryOfItsSizeIsTaken(string kind)
    {
        var png = HostilePng.Create(kind);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<PngException>(() => PngDecoder.Decode(PngFile.Read(png)));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MaxAllocation);
    }

    [Theory]
    [InlineData(8_193, 1)]
    [InlineData(1, 8_193)]
    [InlineData(8_192, 2_049)]
    [InlineData(5_000, 5_000)]
    public void AnImageWithALongerSideOrMorePixelsThanTheLimitIsRefusedByItsHeader(int width, int height)
        => Assert.Throws<PngException>(() => PngFile.Read(HostilePng.Announcing(width, height)));

    [Theory]
    [InlineData(8_192, 2_048)]
    [InlineData(2_048, 8_192)]
    [InlineData(4_096, 4_096)]
    public void AnImageAtTheLimitsIsNotRefusedForItsSize(int width, int height)
    {
        var header = PngFile.Read(HostilePng.Announcing(width, height)).Header;

        Assert.Equal((width, height), (header.Width, header.Height));
    }

    [Fact]
    public void AnImageOfAnotherEncoderIsRead()
    {
        var file = PngFile.Read(HostilePng.Sound());
        PngDecoder.Decode(file);

        Assert.Equal((8, 8), (file.Header.Width, file.Header.Height));
    }

    [Fact]
    public void WhatIsEncodedIsDecodedToTheSamePixels()
    {
        const int side = 16;
        var png = PngEncoder.Encode(side, side, PngColorType.Rgba, (y, row) =>
        {
            for (var index = 0; index < row.Length; index++)
                row[index] = Expected(index / 4, y, index % 4);
        });
        var pixels = PixelGrid.Of(PngFile.Read(png));

        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
                Assert.Equal(Enumerable.Range(0, 4).Select(channel => Expected(x, y, channel)), pixels.Pixel(x, y).ToArray());
        }
    }

    [Fact]
    public void AThumbnailKeepsTheProportionsWithinItsBound()
    {
        var png = PngEncoder.Encode(600, 150, PngColorType.Rgb, (_, row) => row.Fill(200));
        var thumbnail = PngFile.Read(PixelGrid.Of(PngFile.Read(png)).Encode());

        Assert.Equal((PixelGrid.MaxSide, PixelGrid.MaxSide / 4), (thumbnail.Header.Width, thumbnail.Header.Height));
    }

    // Opaque, so that no scaling by transparency blurs the comparison.
    private static byte Expected(int x, int y, int channel) => channel == 3 ? byte.MaxValue : (byte)((x * 15) ^ (y * 7) ^ (channel * 60));
}
