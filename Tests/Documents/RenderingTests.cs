using System.Buffers;
using System.Text;
using System.Text.Json;
using Shop.Documents;
using Shop.Documents.Data;
using Shop.Documents.Rendering;
using SkiaSharp;

namespace Shop.Tests.Documents;

public sealed class RenderingTests : IDisposable
{
    private static readonly DocumentView Document =
        new(Guid.NewGuid(), "customer", null, DocumentKind.Upload, 100, 256, 256, "00", DateTimeOffset.UnixEpoch);

    // The left half is black, the right half nearly transparent red.
    private readonly SKBitmap _image = new(128, 128, SKColorType.Rgba8888, SKAlphaType.Unpremul)
    {
        Pixels = [.. Enumerable.Range(0, 128 * 128)
            .Select(index => index % 128 < 64 ? SKColors.Black : new SKColor(200, 0, 0, 1))],
    };

    public void Dispose() => _image.Dispose();

    [Fact]
    public void APreviewIsATextPageWithTheHistogramAndThePictureOfAnUpload()
    {
        var rows = Preview.Render(Document, [], _image).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(80, rows.Length);
        Assert.All(rows, row => Assert.Equal(127, row.Length));
        Assert.Contains(rows, row => row.StartsWith($"    0 to  15   50.0 % {new string('#', 40)}", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.StartsWith($"  240 to 255   50.0 % {new string('#', 40)}", StringComparison.Ordinal));
        Assert.Equal("@@@@", rows[^1].Trim()[..4]);
    }

    [Fact]
    public void ATitleHasTheDocumentsValuesInPlaceOfTheTemplatesPlaceholders()
    {
        var order = Guid.NewGuid();
        var invoice = Document with { OrderId = order };

        Assert.Equal(
            $"of {order}, 1970-01-01: 256 x 256, 100 B",
            DocumentTitle.Render("of {order}, {created}: {width} x {height}, {size} B", invoice));
        Assert.Equal(" {owner} {", DocumentTitle.Render("{order} {owner} {", Document));
    }

    [Fact]
    public void AReportContainsTheColourOfEachPoint()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var size = new Report(Document, [], _image).WriteRows(buffer).Sum();
        var report = Encoding.UTF8.GetString(buffer.WrittenSpan);
        var points = report.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(report.Length, size);
        Assert.Equal(128 * 128, points.Count);
        Assert.Equal("""{"x":126,"y":0,"red":0,"green":0,"blue":0,"alpha":255}""", points[63].GetRawText());
        Assert.Equal("""{"x":128,"y":0,"red":200,"green":0,"blue":0,"alpha":1}""", points[64].GetRawText());
    }
}
