using SkiaSharp;

namespace Shop.Documents.Imaging;

/// <summary>
/// Decodes at most two images concurrently: one of 16 megapixels takes 64 MB of native memory for its pixels, 21 MB more while
/// it is scaled, and a core. More would not be faster on few cores, and nothing else bounds this memory, which is invisible to
/// the GC.
/// </summary>
internal sealed class ImageDecoder : IDisposable
{
    /// <summary>The maximum number of images that are decoded concurrently.</summary>
    public const int Concurrent = 2;

    private readonly SemaphoreSlim _permits = new(Concurrent);

    /// <summary>Validates an image by decoding it, and returns its size in pixels.</summary>
    /// <exception cref="PngException">The image was rejected.</exception>
    public Task<SKSizeI> CheckAsync(Stream file, CancellationToken cancellationToken) => RunAsync(file, Check, cancellationToken);

    /// <summary>Decodes and scales an image; the caller disposes the result.</summary>
    /// <exception cref="PngException">The image was rejected.</exception>
    public Task<SKBitmap> ScaleAsync(Stream file, CancellationToken cancellationToken)
        => RunAsync(file, image => image.Scale(), cancellationToken);

    public void Dispose() => _permits.Dispose();

    private async Task<T> RunAsync<T>(Stream file, Func<PngImage, T> decode, CancellationToken cancellationToken)
    {
        await _permits.WaitAsync(cancellationToken);
        try
        {
            using var image = PngImage.Open(file);
            return decode(image);
        }
        finally
        {
            _permits.Release();
        }
    }

    private static SKSizeI Check(PngImage image)
    {
        image.Decode().Dispose();
        return new SKSizeI(image.Width, image.Height);
    }
}
