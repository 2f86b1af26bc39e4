using Shop.ServiceDefaults.Messages;
using SkiaSharp;

namespace Shop.Documents.Invoices;

/// <summary>
/// Draws an order: a band for each line, with a symbol in a colour derived from the SKU and one square per unit. The image is
/// deterministic.
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
    private static readonly SKColor Paper = new(250, 248, 240);

    /// <summary>Draws the image and encodes it as a PNG.</summary>
    public static byte[] Render(IReadOnlyList<OrderLine> lines)
    {
        using var bitmap = new SKBitmap(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { IsAntialias = false };
        canvas.Clear(Paper);
        var height = Math.Clamp(Height / Math.Max(1, lines.Count), 1, MaxBand);
        for (var index = 0; index < Math.Min(lines.Count, Height); index++)
        {
            using var band = new SKAutoCanvasRestore(canvas);
            canvas.Translate(0, index * height);
            canvas.ClipRect(SKRect.Create(Width, height));
            var squares = Math.Min(lines[index].Quantity, MaxSquares);
            DrawBand(canvas, paint, Hash(lines[index].Sku), squares, cell: Math.Max(1, height / (FigureCells + 1)));
        }
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static void DrawBand(SKCanvas canvas, SKPaint paint, ulong hash, int squares, int cell)
    {
        paint.Color = Color(hash, shade: 1);
        DrawFigure(canvas, paint, hash, cell);
        for (var square = 0; square < squares; square++)
        {
            paint.Color = Color(hash, shade: square % 10 == 9 ? 2 : 1);
            canvas.DrawRect(FirstSquare + (square * SquarePitch), 0, SquarePitch - 1, FigureCells * cell, paint);
        }
    }

    // Five by five cells; the right side mirrors the left.
    private static void DrawFigure(SKCanvas canvas, SKPaint paint, ulong hash, int cell)
    {
        for (var row = 0; row < FigureCells; row++)
        {
            for (var column = 0; column < FigureCells; column++)
            {
                var bit = (row * 3) + Math.Min(column, FigureCells - 1 - column);
                if ((hash >> (32 + bit) & 1) == 1)
                    canvas.DrawRect(cell + (column * cell), row * cell, cell, cell, paint);
            }
        }
    }

    private static SKColor Color(ulong hash, int shade) => new(Channel(hash, shade), Channel(hash >> 8, shade), Channel(hash >> 16, shade));

    private static byte Channel(ulong hash, int shade) => (byte)((40 + (hash & 127)) / (ulong)shade);

    // FNV-1a with a final mix: string.GetHashCode differs between processes.
    private static ulong Hash(string text)
    {
        var hash = 14_695_981_039_346_656_037;
        foreach (var character in text)
            hash = (hash ^ character) * 1_099_511_628_211;
        return (hash ^ (hash >> 29)) * 0xBF58_476D_1CE4_E5B9;
    }
}
