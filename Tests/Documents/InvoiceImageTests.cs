using Shop.Documents.Invoices;
using Shop.ServiceDefaults.Messages;
using SkiaSharp;

namespace Shop.Tests.Documents;

public sealed class InvoiceImageTests
{
    private static readonly SKColor Paper = new(250, 248, 240);

    [Fact]
    public void TheSameOrderGivesTheSameImage()
    {
        static OrderLine[] Lines() => [Line("SKU-0001", 2), Line("SKU-0002", 1)];
        Assert.Equal(InvoiceImage.Render(Lines()), InvoiceImage.Render(Lines()));
        Assert.NotEqual(InvoiceImage.Render([Line("SKU-0001", 2)]), InvoiceImage.Render([Line("SKU-0002", 2)]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(7, 7)]
    [InlineData(50, 50)]
    [InlineData(1_000, 50)]
    public void ALineHasOneSquarePerItemUpToItsWidth(int quantity, int squares)
    {
        using var image = SKBitmap.Decode(InvoiceImage.Render([Line("SKU-0001", quantity)]));

        Assert.Equal(squares, Enumerable.Range(0, 50).Count(square => image.GetPixel(40 + (square * 4), 0) != Paper));
        // The gaps between the squares and the page below the only line have the paper's colour.
        Assert.All(Enumerable.Range(0, 50), square => Assert.Equal(Paper, image.GetPixel(43 + (square * 4), 0)));
        Assert.All(Enumerable.Range(0, InvoiceImage.Width), x => Assert.Equal(Paper, image.GetPixel(x, 32)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(1_000)]
    public void AnyNumberOfLinesFitsOnThePage(int lines)
    {
        using var image = SKBitmap.Decode(InvoiceImage.Render([.. Enumerable.Range(0, lines).Select(index => Line($"SKU-{index}", 1))]));

        Assert.Equal((InvoiceImage.Width, InvoiceImage.Height), (image.Width, image.Height));
        var height = Math.Clamp(InvoiceImage.Height / Math.Max(1, lines), 1, 32);
        Assert.All(Enumerable.Range(0, Math.Min(lines, InvoiceImage.Height)),
            line => Assert.NotEqual(Paper, image.GetPixel(40, line * height)));
    }

    private static OrderLine Line(string sku, int quantity) => new(sku, sku, quantity, 1);
}
