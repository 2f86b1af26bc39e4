using System.Globalization;
using Shop.Documents.Data;
using SkiaSharp;

namespace Shop.Documents.Rendering;

/// <summary>Renders a document as a page of text: its metadata, an invoice's lines or an upload's histogram, and its image.</summary>
internal static class Preview
{
    private const int MaxLines = 40;
    private const int Bins = 16;
    private const int BarWidth = 80;
    private const string Ink = "@%#*+=-:. ";

    public static string Render(DocumentView document, IReadOnlyList<DocumentLine> lines, SKBitmap image)
    {
        var page = new TextPage();
        page.Add($"{document.Kind} {document.DocumentId}");
        if (document.OrderId is { } order)
            page.Add($"Order    {order}");
        page.Add(Invariant($"Created  {document.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
        page.Add(Invariant($"Image    {document.Width} x {document.Height} pixels, {document.Size} bytes"));
        page.Add($"SHA-256  {document.Sha256}");
        page.Add();
        if (document.Kind == DocumentKind.Invoice)
            AddLines(page, lines);
        else
            AddHistogram(page, image);
        page.Add();
        AddPicture(page, image);
        return page.ToString();
    }

    private static void AddLines(TextPage page, IReadOnlyList<DocumentLine> lines)
    {
        foreach (var line in lines.Take(MaxLines))
        {
            var (name, sku, amount) = (Truncate(line.Name, 60), Truncate(line.Sku, 24), line.Quantity * line.UnitPrice);
            page.Add(Invariant($"{line.Quantity,6} x {name,-60} {sku,-24} {line.UnitPrice,10:0.00} {amount,14:0.00}"));
        }
        if (lines.Count > MaxLines)
            page.Add(Invariant($"       and {lines.Count - MaxLines} more lines"));
        page.Add(Invariant($"{"Total",-95} {lines.Sum(line => line.Quantity * line.UnitPrice),24:0.00} EUR"));
    }

    private static void AddHistogram(TextPage page, SKBitmap image)
    {
        Span<int> bins = stackalloc int[Bins];
        bins.Clear();
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
                bins[Luminance(image, x, y) * Bins / 256]++;
        }
        var total = image.Width * image.Height;
        for (var bin = 0; bin < Bins; bin++)
        {
            var bar = new string('#', bins[bin] * BarWidth / total);
            page.Add(Invariant(
                $"{bin * 256 / Bins,5} to {((bin + 1) * 256 / Bins) - 1,3} {100.0 * bins[bin] / total,6:0.0} % {bar}"));
        }
    }

    // A character is about twice as high as it is wide.
    private static void AddPicture(TextPage page, SKBitmap image)
    {
        var columns = Math.Clamp(page.RowsLeft * 2 * image.Width / image.Height, 1, TextPage.Columns);
        var rows = Math.Clamp(columns * image.Height / image.Width / 2, 1, page.RowsLeft);
        Span<char> line = stackalloc char[TextPage.Columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                line[column] = Ink[Luminance(image, column * image.Width / columns, row * image.Height / rows) * Ink.Length / 256];
            page.Add(line[..columns]);
        }
    }

    // 0 to 255, blended with a white background.
    private static int Luminance(SKBitmap image, int x, int y)
    {
        var pixel = image.GetPixel(x, y);
        var luminance = ((pixel.Red * 299) + (pixel.Green * 587) + (pixel.Blue * 114)) / 1000;
        return ((luminance * pixel.Alpha) + (255 * (255 - pixel.Alpha))) / 255;
    }

    private static string Truncate(string text, int length) => text.Length <= length ? text : text[..length];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
