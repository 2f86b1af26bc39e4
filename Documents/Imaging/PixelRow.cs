namespace Shop.Documents.Imaging;

/// <summary>Some pixels of one row: all of them, or those of one pass of an interlaced image. Valid during the call only.</summary>
/// <param name="y">The row.</param>
/// <param name="firstX">The column of the first pixel.</param>
/// <param name="stepX">The columns between the pixels; 1 without interlacing.</param>
/// <param name="rgba">Four bytes for each pixel, alpha not premultiplied.</param>
internal readonly ref struct PixelRow(int y, int firstX, int stepX, ReadOnlySpan<byte> rgba)
{
    public int Y { get; } = y;

    public int FirstX { get; } = firstX;

    public int StepX { get; } = stepX;

    public ReadOnlySpan<byte> Rgba { get; } = rgba;
}

/// <summary>Takes the pixels of an image, row by row; an interlaced one gives its rows several times with other columns.</summary>
internal delegate void PixelRowHandler(PixelRow row);
