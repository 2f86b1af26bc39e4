using Shop.Documents.Imaging;
using Shop.ServiceDefaults.Messages;

namespace Shop.Documents.Invoices;

/// <summary>
/// Draws an order: a band for each line, with a figure and a colour of its product and a square for each piece. The same
/// order always gives the same image.
/// </summary>
internal static class InvoiceImage
{
    public const int Width = 240;
    public const int Height = 320;
    private const int MaxBand = 32;
    private const int FigureCells = 5;
    private const int FirstSquare = 40;
    private const int SquarePitch = 4;
    private const int MaxSquares = (Width - FirstSquare) / SquarePitch;
    private static ReadOnlySpan<byte> Paper => [250, 248, 240];

    /// <summary>The image as a PNG.</summary>
    public static byte[] Render(IReadOnlyList<OrderLine> lines)
    {
        var bands = lines.Select(line => new Band(Hash(line.Sku), Math.Min(line.Quantity, MaxSquares))).ToArray();
        var height = Math.Clamp(Height / Math.Max(1, bands.Length), 1, MaxBand);
        return PngEncoder.Encode(Width, Height, PngColorType.Rgb, (y, row) => Paint(bands, height, y, row));
    }

    private static void Paint(Band[] bands, int height, int y, Span<byte> row)
    {
        for (var x = 0; x < row.Length; x += Paper.Length)
            Paper.CopyTo(row[x..]);
        if (y / height >= bands.Length)
            return;
        var band = bands[y / height];
        var cell = Math.Max(1, height / (FigureCells + 1));
        var line = y % height / cell;
        if (line >= FigureCells)
            return;
        PaintFigure(band, cell, line, row);
        for (var square = 0; square < band.Squares; square++)
            Fill(row, FirstSquare + (square * SquarePitch), SquarePitch - 1, band.Color(shade: square % 10 == 9 ? 2 : 1));
    }

    // Five by five cells, the right side mirrored from the left.
    private static void PaintFigure(Band band, int cell, int line, Span<byte> row)
    {
        for (var column = 0; column < FigureCells; column++)
        {
            var bit = (line * 3) + Math.Min(column, FigureCells - 1 - column);
            if ((band.Hash >> (32 + bit) & 1) == 1)
                Fill(row, cell + (column * cell), cell, band.Color(shade: 1));
        }
    }

    private static void Fill(Span<byte> row, int x, int width, (byte Red, byte Green, byte Blue) color)
    {
        for (var to = x * 3; to < (x + width) * 3; to += 3)
            (row[to], row[to + 1], row[to + 2]) = color;
    }

    // FNV-1a with a last mix: string.GetHashCode differs from process to process.
    private static ulong Hash(string text)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var character in text)
            hash = (hash ^ character) * 1_099_511_628_211;
        return (hash ^ (hash >> 29)) * 0xBF58_476D_1CE4_E5B9;
    }

    private readonly record struct Band(ulong Hash, int Squares)
    {
        public (byte Red, byte Green, byte Blue) Color(int shade)
            => ((byte)((40 + (Hash & 127)) / (ulong)shade), (byte)((40 + ((Hash >> 8) & 127)) / (ulong)shade), (byte)((40 + ((Hash >> 16) & 127)) / (ulong)shade));
    }
}
