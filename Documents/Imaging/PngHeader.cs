using System.Buffers.Binary;

namespace Shop.Documents.Imaging;

/// <summary>The IHDR chunk. One that exists has sound dimensions, so what is allocated in its size is bounded.</summary>
internal sealed record PngHeader(int Width, int Height, int BitDepth, PngColorType ColorType, bool IsInterlaced)
{
    /// <summary>The chunk's length.</summary>
    public const int Length = 13;

    /// <summary>The longest side, in pixels.</summary>
    public const int MaxSide = 8192;

    /// <summary>The most pixels: 16 megapixels, as 4096 × 4096.</summary>
    public const int MaxPixels = 16 * 1024 * 1024;

    /// <summary>Samples per pixel as they are stored.</summary>
    public int Channels => ColorType switch
    {
        PngColorType.Rgb => 3,
        PngColorType.GrayAlpha => 2,
        PngColorType.Rgba => 4,
        _ => 1,
    };

    /// <summary>The distance to the pixel on the left that filters refer to, in bytes; 1 where a byte holds several pixels.</summary>
    public int FilterStep => Math.Max(1, Channels * BitDepth / 8);

    /// <summary>The bytes of a row of that many pixels, without its filter byte.</summary>
    public int RowBytes(int width) => ((width * Channels * BitDepth) + 7) / 8;

    /// <summary>Reads the chunk and refuses what is not a PNG or too large.</summary>
    public static PngHeader Read(ReadOnlySpan<byte> chunk)
    {
        if (chunk.Length != Length)
            throw new PngException($"The IHDR chunk must have {Length} bytes, it has {chunk.Length}.");
        var width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        var height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        CheckDimensions(width, height);
        CheckFormat(colorType: chunk[9], bitDepth: chunk[8]);
        if (chunk[10] != 0 || chunk[11] != 0)
            throw new PngException("The compression and filter methods must be 0.");
        if (chunk[12] > 1)
            throw new PngException($"The interlace method {chunk[12]} does not exist.");
        return new PngHeader((int)width, (int)height, chunk[8], (PngColorType)chunk[9], chunk[12] == 1);
    }

    private static void CheckDimensions(uint width, uint height)
    {
        if (width == 0 || height == 0)
            throw new PngException("The image has no pixels.");
        if (width > MaxSide || height > MaxSide)
            throw new PngException($"The image has {width} × {height} pixels; a side may have at most {MaxSide}.");
        if (width * height > MaxPixels)
            throw new PngException($"The image has {width} × {height} pixels; at most {MaxPixels} are taken.");
    }

    private static void CheckFormat(byte colorType, byte bitDepth)
    {
        var isKnown = (PngColorType)colorType switch
        {
            PngColorType.Gray => bitDepth is 1 or 2 or 4 or 8 or 16,
            PngColorType.Palette => bitDepth is 1 or 2 or 4 or 8,
            PngColorType.Rgb or PngColorType.GrayAlpha or PngColorType.Rgba => bitDepth is 8 or 16,
            _ => false,
        };
        if (!isKnown)
            throw new PngException($"The colour type {colorType} with {bitDepth} bits does not exist.");
    }
}
