using System.IO.Pipelines;
using System.Text.Json;
using Shop.Documents.Data;
using SkiaSharp;

namespace Shop.Documents.Rendering;

/// <summary>
/// Writes a document's report, about 1 MB of JSON lines: the document, an invoice's lines, and the colours at 128 × 128
/// points of the image. It is flushed in chunks, so that the whole report is never in memory.
/// </summary>
internal static class Report
{
    private const int Points = 128;
    // Well below 85,000 bytes, the size from which an array is allocated on the large object heap.
    private const int ChunkBytes = 32 * 1024;

    /// <summary>Writes the report and returns its size in bytes.</summary>
    public static async Task<long> WriteAsync(
        PipeWriter output, DocumentView document, IReadOnlyList<DocumentLine> lines, SKBitmap image, CancellationToken cancellationToken)
    {
        // The structure of the rows is fixed and needs no validation.
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        var total = WriteDocument(json, output, document);
        foreach (var line in lines)
            total += WriteLine(json, output, line);
        long flushed = 0;
        for (var point = 0; point < Points * Points; point++)
        {
            total += WritePoint(json, output, document, image, point % Points, point / Points);
            if (total - flushed < ChunkBytes)
                continue;
            flushed = total;
            if ((await output.FlushAsync(cancellationToken)).IsCompleted)
                return total;
        }
        await output.FlushAsync(cancellationToken);
        return total;
    }

    private static long WriteDocument(Utf8JsonWriter json, PipeWriter output, DocumentView document)
    {
        json.WriteStartObject();
        json.WriteString("documentId"u8, document.DocumentId);
        if (document.OrderId is { } order)
            json.WriteString("orderId"u8, order);
        json.WriteString("kind"u8, document.Kind.ToString());
        json.WriteNumber("size"u8, document.Size);
        json.WriteNumber("width"u8, document.Width);
        json.WriteNumber("height"u8, document.Height);
        json.WriteString("sha256"u8, document.Sha256);
        json.WriteString("createdAt"u8, document.CreatedAt);
        return EndRow(json, output);
    }

    private static long WriteLine(Utf8JsonWriter json, PipeWriter output, DocumentLine line)
    {
        json.WriteStartObject();
        json.WriteNumber("line"u8, line.Position);
        json.WriteString("sku"u8, line.Sku);
        json.WriteString("name"u8, line.Name);
        json.WriteNumber("quantity"u8, line.Quantity);
        json.WriteNumber("unitPrice"u8, line.UnitPrice);
        return EndRow(json, output);
    }

    private static long WritePoint(Utf8JsonWriter json, PipeWriter output, DocumentView document, SKBitmap image, int column, int row)
    {
        var pixel = image.GetPixel(column * image.Width / Points, row * image.Height / Points);
        json.WriteStartObject();
        json.WriteNumber("x"u8, column * document.Width / Points);
        json.WriteNumber("y"u8, row * document.Height / Points);
        json.WriteNumber("red"u8, pixel.Red);
        json.WriteNumber("green"u8, pixel.Green);
        json.WriteNumber("blue"u8, pixel.Blue);
        json.WriteNumber("alpha"u8, pixel.Alpha);
        return EndRow(json, output);
    }

    private static long EndRow(Utf8JsonWriter json, PipeWriter output)
    {
        json.WriteEndObject();
        json.Flush();
        var bytes = json.BytesCommitted + 1;
        json.Reset();
        output.GetSpan(1)[0] = (byte)'\n';
        output.Advance(1);
        return bytes;
    }
}
