using SkiaSharp;

namespace Shop.Documents.Imaging;

/// <summary>
/// A PNG whose header has been read and whose dimensions are within the limits; its pixels are decoded on demand. The
/// memory is native and invisible to the GC, so every instance and every bitmap must be disposed.
/// </summary>
internal sealed class PngImage : IDisposable
{
    /// <summary>The maximum length of a side, in pixels.</summary>
    public const int MaxSide = 8192;

    /// <summary>The maximum number of pixels: 16 megapixels, for example 4096 × 4096. Decoded, they take 64 MB.</summary>
    public const int MaxPixels = 16 * 1024 * 1024;

    /// <summary>The maximum length of a side of a scaled image, in pixels.</summary>
    public const int MaxScaledSide = 128;

    // Twice the size of the largest pixel (16-bit RGBA), plus the block headers of a tiny image. More compressed data than
    // that inflate to far more pixels than the header declares. Skia would not read them, but the file is inconsistent.
    private const int MaxDataBytesPerPixel = 16;
    private const int DataOverhead = 1024;

    private readonly SKCodec _codec;

    private PngImage(SKCodec codec) => _codec = codec;

    public int Width => _codec.Info.Width;

    public int Height => _codec.Info.Height;

    /// <summary>Reads the header of a PNG without allocating memory for its pixels.</summary>
    /// <param name="file">The file, which must stay open while the image is in use.</param>
    /// <exception cref="PngException">The file is not a PNG or is incomplete, or its image is too large.</exception>
    public static PngImage Open(Stream file)
    {
        var pixelData = PngChunks.MeasurePixelData(file);
        file.Position = 0;
        // Reads the stream a few kilobytes at a time: SKData.Create would rent an array of the file's size from the shared
        // pool, which retains it for minutes. The codec takes ownership of the wrapper, whose Dispose then has no effect.
        using var stream = new SKManagedStream(file, disposeManagedStream: false);
        var image = new PngImage(SKCodec.Create(stream) ?? throw new PngException("The image's header is damaged."));
        try
        {
            image.CheckSize(pixelData);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>Decodes all pixels to 8-bit RGBA.</summary>
    /// <exception cref="PngException">The pixels are damaged or incomplete.</exception>
    public SKBitmap Decode(SKAlphaType alpha = SKAlphaType.Unpremul)
    {
        var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, alpha));
        if (_codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();
        throw new PngException("The image's pixels are damaged or incomplete.");
    }

    /// <summary>Decodes the image and scales it down to <see cref="MaxScaledSide"/>; a smaller image keeps its size.</summary>
    /// <exception cref="PngException">The pixels are damaged or incomplete.</exception>
    public SKBitmap Scale()
    {
        var longest = Math.Max(Width, Height);
        if (longest <= MaxScaledSide)
            return Decode();
        // Premultiplied, so that the colour of transparent pixels does not bleed into their neighbours.
        using var pixels = Decode(SKAlphaType.Premul);
        var size = new SKSizeI(Math.Max(1, Width * MaxScaledSide / longest), Math.Max(1, Height * MaxScaledSide / longest));
        return pixels.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            ?? throw new InvalidOperationException($"Skia failed to scale an image of {Width} × {Height} pixels.");
    }

    public void Dispose() => _codec.Dispose();

    private void CheckSize(long pixelData)
    {
        if (Width > MaxSide || Height > MaxSide)
            throw new PngException($"The image has {Width} × {Height} pixels; a side may have at most {MaxSide}.");
        if (Width * Height > MaxPixels)
            throw new PngException($"The image has {Width} × {Height} pixels; at most {MaxPixels} are accepted.");
        if (pixelData > ((long)Width * Height * MaxDataBytesPerPixel) + DataOverhead)
            throw new PngException("The file contains more pixels than its header declares.");
    }
}
