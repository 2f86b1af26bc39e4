using Shop.Documents.Imaging;

namespace Shop.Documents.Rendering;

/// <summary>An image scaled to at most 128 × 128 pixels: what thumbnails, previews and reports are made from.</summary>
internal sealed class PixelGrid
{
    /// <summary>The longest side. At four bytes for a pixel the whole stays below 85,000 bytes, the large object heap's bound.</summary>
    public const int MaxSide = 128;

    private readonly byte[] _rgba;

    private PixelGrid(BoxScaler scaler)
    {
        (Width, Height) = (scaler.Width, scaler.Height);
        _rgba = new byte[Width * Height * 4];
        for (var y = 0; y < Height; y++)
            scaler.CopyRow(y, _rgba.AsSpan(y * Width * 4, Width * 4));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Decodes and scales an image.</summary>
    /// <exception cref="PngException">The image is damaged.</exception>
    public static PixelGrid Of(PngFile png)
    {
        var scaler = new BoxScaler(png.Header.Width, png.Header.Height, MaxSide);
        PngDecoder.Decode(png, scaler.Add);
        return new PixelGrid(scaler);
    }

    /// <summary>A pixel's red, green, blue and alpha.</summary>
    public ReadOnlySpan<byte> Pixel(int x, int y) => _rgba.AsSpan(((y * Width) + x) * 4, 4);

    /// <summary>A pixel's luminance on white paper, 0 to 255.</summary>
    public int Luminance(int x, int y)
    {
        var pixel = Pixel(x, y);
        var luminance = ((pixel[0] * 299) + (pixel[1] * 587) + (pixel[2] * 114)) / 1000;
        return ((luminance * pixel[3]) + (255 * (255 - pixel[3]))) / 255;
    }

    /// <summary>The thumbnail: this image as a PNG.</summary>
    public byte[] Encode() => PngEncoder.Encode(Width, Height, PngColorType.Rgba, (y, row) => _rgba.AsSpan(y * row.Length, row.Length).CopyTo(row));
}
