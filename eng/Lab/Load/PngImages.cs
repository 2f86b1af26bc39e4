using SkiaSharp;

namespace Shop.Lab.Load;

/// <summary>A few small images that customers upload: seeded blocks of colour, encoded once.</summary>
internal sealed class PngImages
{
    private const int Images = 8;
    private const int Side = 96;
    private const int Blocks = 6;
    private readonly byte[][] _images;

    public PngImages(int seed)
    {
        var random = new Random(seed);
        _images = [.. Enumerable.Range(0, Images).Select(_ => Create(random))];
    }

    public byte[] Choose(Random random) => _images[random.Next(_images.Length)];

    /// <summary>An image of random pixels, which cannot be compressed: its file has about three bytes for each.</summary>
    public static byte[] CreateNoise(int side)
    {
        var random = new Random(side);
        using var image = new SKBitmap(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        image.Pixels = [.. Enumerable.Range(0, side * side).Select(_ => new SKColor((uint)random.Next()).WithAlpha(byte.MaxValue))];
        using var png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static byte[] Create(Random random)
    {
        using var blocks = new SKBitmap(Blocks, Blocks, SKColorType.Rgba8888, SKAlphaType.Opaque);
        blocks.Pixels = [.. Enumerable.Range(0, Blocks * Blocks).Select(_ => new SKColor((uint)random.Next()).WithAlpha(byte.MaxValue))];
        using var image = blocks.Resize(new SKSizeI(Side, Side), SKSamplingOptions.Default);
        using var png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }
}
