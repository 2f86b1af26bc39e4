namespace Shop.Documents.Imaging;

/// <summary>
/// Scales an image down with a box filter: each pixel of the result is the mean of those that fall on it. It keeps sums for
/// the result only, so the pixels may come in any order and the image never stands in memory.
/// </summary>
internal sealed class BoxScaler
{
    // Per pixel of the result: red, green and blue weighted by alpha, alpha, and the number of pixels.
    private const int Sums = 5;
    private readonly uint[] _sums;
    private readonly int[] _columns;
    private readonly int _height;

    /// <summary>Prepares for an image of that size; an image that fits already keeps its size.</summary>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="maxSide">The longest side of the result, at least 64: the sums of larger boxes would not fit.</param>
    public BoxScaler(int width, int height, int maxSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, 64);
        _height = height;
        var longest = Math.Max(width, height);
        (Width, Height) = longest <= maxSide ? (width, height) : (Scale(width, longest, maxSide), Scale(height, longest, maxSide));
        _sums = new uint[Width * Height * Sums];
        _columns = [.. Enumerable.Range(0, width).Select(x => (int)((long)x * Width / width))];
    }

    /// <summary>The width of the result.</summary>
    public int Width { get; }

    /// <summary>The height of the result.</summary>
    public int Height { get; }

    /// <summary>Adds pixels of the image.</summary>
    public void Add(PixelRow row)
    {
        var line = (int)((long)row.Y * Height / _height) * Width;
        var rgba = row.Rgba;
        for (int from = 0, x = row.FirstX; from < rgba.Length; from += 4, x += row.StepX)
        {
            var sums = _sums.AsSpan((line + _columns[x]) * Sums, Sums);
            uint alpha = rgba[from + 3];
            sums[0] += rgba[from] * alpha;
            sums[1] += rgba[from + 1] * alpha;
            sums[2] += rgba[from + 2] * alpha;
            sums[3] += alpha;
            sums[4]++;
        }
    }

    /// <summary>Writes a row of the result, four bytes for each pixel.</summary>
    public void CopyRow(int y, Span<byte> rgba)
    {
        for (var x = 0; x < Width; x++)
        {
            var sums = _sums.AsSpan(((y * Width) + x) * Sums, Sums);
            var alpha = sums[3];
            for (var channel = 0; channel < 3; channel++)
                rgba[(x * 4) + channel] = alpha == 0 ? (byte)0 : (byte)((sums[channel] + (alpha / 2)) / alpha);
            rgba[(x * 4) + 3] = sums[4] == 0 ? (byte)0 : (byte)((alpha + (sums[4] / 2)) / sums[4]);
        }
    }

    private static int Scale(int side, int longest, int maxSide) => Math.Max(1, side * maxSide / longest);
}
