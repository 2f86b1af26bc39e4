using System.Buffers;
using System.Text.Json;
using Shop.Documents.Data;
using SkiaSharp;

namespace Shop.Documents.Rendering;

/// <summary>
/// A document's report, about 1 MB of JSON lines: the document, an invoice's lines, and the colours at 128 × 128 points of the image.
/// </summary>
internal sealed class Report(DocumentView document, IReadOnlyList<DocumentLine> lines, SKBitmap image)
{
    private const int Points = 128;

    // The structure of the rows is fixed and needs no validation.
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true };

    /// <summary>Writes a row with each step of the enumeration, which returns the row's size in bytes.</summary>
    public IEnumerable<long> WriteRows(IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        yield return WriteDocument(json, output, document);
        foreach (var line in lines)
            yield return WriteLine(json, output, line);
        for (var point = 0; point < Points * Points; point++)
            yield return WritePoint(json, output, document, image, point % Points, point / Points);
    }

    private static long WriteDocument(Utf8JsonWriter json, IBufferWriter<byte> output, DocumentView document)
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

    private static long WriteLine(Utf8JsonWriter json, IBufferWriter<byte> output, DocumentLine line)
    {
        json.WriteStartObject();
        json.WriteNumber("line"u8, line.Position);
        json.WriteString("sku"u8, line.Sku);
        json.WriteString("name"u8, line.Name);
        json.WriteNumber("quantity"u8, line.Quantity);
        json.WriteNumber("unitPrice"u8, line.UnitPrice);
        return EndRow(json, output);
    }

    private static long WritePoint(
        Utf8JsonWriter json, IBufferWriter<byte> output, DocumentView document, SKBitmap image, int column, int row)
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

    private static long EndRow(Utf8JsonWriter json, IBufferWriter<byte> output)
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
