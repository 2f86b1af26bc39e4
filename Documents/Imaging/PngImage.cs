using SkiaSharp;

namespace Shop.Documents.Imaging;

/// <summary>
/// A PNG whose header has been read and whose dimensions are within the limits; its pixels are decoded on request. The
/// memory is native, so the collector neither sees it nor frees it in time: every instance and bitmap must be disposed.
/// </summary>
internal sealed class PngImage : IDisposable
{
    /// <summary>The longest side, in pixels.</summary>
    public const int MaxSide = 8192;

    /// <summary>The largest number of pixels: 16 megapixels, as 4096 × 4096. Decoded, they take 64 MB.</summary>
    public const int MaxPixels = 16 * 1024 * 1024;

    /// <summary>The longest side of a scaled image, in pixels.</summary>
    public const int MaxScaledSide = 128;

    // Twice the largest pixel (RGBA of 16 bits), and a tiny image's share of block headers. Compressed data beyond that
    // inflate to far more than the pixels: Skia would not read them, but the file is not what its header says.
    private const int MaxDataBytesPerPixel = 16;
    private const int DataOverhead = 1024;

    private readonly SKCodec _codec;

    private PngImage(SKCodec codec) => _codec = codec;

    public int Width => _codec.Info.Width;

    public int Height => _codec.Info.Height;

    /// <summary>Reads the header of a PNG; nothing in the size of the image is allocated.</summary>
    /// <param name="file">The file, which must stay open while the image is in use.</param>
    /// <exception cref="PngException">The file is no PNG, is incomplete, or its image is too large.</exception>
    public static PngImage Open(Stream file)
    {
        var pixelData = PngChunks.MeasurePixelData(file);
        file.Position = 0;
        // Read in place, a few kilobytes at a time: SKData.Create would rent an array of the file's size from the shared
        // pool, which keeps it for minutes. The codec takes over the wrapper, whose own disposal then does nothing.
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

    /// <summary>Decodes all pixels to RGBA of 8 bits.</summary>
    /// <exception cref="PngException">The pixels are damaged or fewer than the header says.</exception>
    public SKBitmap Decode(SKAlphaType alpha = SKAlphaType.Unpremul)
    {
        var bitmap = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Rgba8888, alpha));
        if (_codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
            return bitmap;
        bitmap.Dispose();
        throw new PngException("The image's pixels are damaged or incomplete.");
    }

    /// <summary>Decodes the image and scales it to at most <see cref="MaxScaledSide"/>; one that fits already keeps its size.</summary>
    /// <exception cref="PngException">The pixels are damaged or fewer than the header says.</exception>
    public SKBitmap Scale()
    {
        var longest = Math.Max(Width, Height);
        if (longest <= MaxScaledSide)
            return Decode();
        // Premultiplied, so that the colour of transparent pixels does not bleed into their neighbours.
        using var pixels = Decode(SKAlphaType.Premul);
        var size = new SKSizeI(Math.Max(1, Width * MaxScaledSide / longest), Math.Max(1, Height * MaxScaledSide / longest));
        return pixels.Resize(size, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear))
            ?? throw new InvalidOperationException($"Skia did not scale an image of {Width} × {Height} pixels.");
    }

    public void Dispose() => _codec.Dispose();

    private void CheckSize(long pixelData)
    {
        if (Width > MaxSide || Height > MaxSide)
            throw new PngException($"The image has {Width} × {Height} pixels; a side may have at most {MaxSide}.");
        if (Width * Height > MaxPixels)
            throw new PngException($"The image has {Width} × {Height} pixels; at most {MaxPixels} are accepted.");
        if (pixelData > ((long)Width * Height * MaxDataBytesPerPixel) + DataOverhead)
            throw new PngException("The file holds more pixels than its header says.");
    }
}
