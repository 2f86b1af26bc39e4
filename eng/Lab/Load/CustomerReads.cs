using System.Globalization;

namespace Shop.Lab.Load;

/// <summary>What a customer looks at after an order: the order, its payment and invoice, now and then the lists, and an upload.</summary>
internal sealed class CustomerReads(LoadContext shop, Random random, string sessionId)
{
    private static readonly TimeSpan InvoiceTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstInvoiceDelay = TimeSpan.FromMilliseconds(50);
    private const int MinSearchLength = 3;
    private static readonly string[] Metrics = ["cart-changes", "page-views"];

    public async Task ReadAsync(EndedOrder order, CancellationToken cancellationToken)
    {
        await shop.Client.SendAsync(new(ShopRoute.Order, $"/orders/{order.OrderId}", sessionId), ShopAnswers.Order, cancellationToken);
        await shop.Client.SendAsync(new(ShopRoute.Payment, $"/payments/{order.OrderId}", sessionId), ShopAnswers.Payment, cancellationToken);
        await ReadOrdersAsync(cancellationToken);
        if (order.Status == OrderOutcome.Settled && await FindInvoiceAsync(order.OrderId, cancellationToken) is { } invoice)
            await ReadDocumentAsync(invoice, cancellationToken);
        if (random.Is(Randomness.ReadActivity))
            await ReadActivityAsync(cancellationToken);
        if (random.Is(Randomness.UploadImage))
            await UploadAsync(cancellationToken);
    }

    private async Task ReadOrdersAsync(CancellationToken cancellationToken)
    {
        if (random.Is(Randomness.ListOrders))
            await ReadOrdersAsync(ShopRoute.List, "/orders?limit=20", cancellationToken);
        if (random.Is(Randomness.SearchOrders))
            await SearchOrdersAsync(cancellationToken);
        if (random.Is(Randomness.SummarizeOrders))
            await shop.Client.SendAsync(new(ShopRoute.Summary, Format($"/orders/summary?day={shop.Time.GetUtcNow():yyyy-MM-dd}"), sessionId), ShopAnswers.ObjectAsync, cancellationToken);
        if (random.Is(Randomness.ExportOrders))
            await shop.Client.SendAsync(new(ShopRoute.Export, "/orders/export", sessionId), ShopAnswers.JsonLinesAsync, cancellationToken);
    }

    private async Task ReadOrdersAsync(ShopRoute route, string path, CancellationToken cancellationToken)
        => await shop.Client.SendAsync(new(route, path, sessionId), ShopAnswers.OrdersAsync, cancellationToken);

    /// <summary>The customer remembers a part of a product's name, and the list follows each further letter that is typed.</summary>
    private async Task SearchOrdersAsync(CancellationToken cancellationToken)
    {
        var products = shop.Catalogue.Products;
        var name = products[random.Next(products.Length)].Name;
        var start = random.Next(name.Length - MinSearchLength);
        for (var end = start + MinSearchLength; end <= name.Length; end++)
        {
            var search = Uri.EscapeDataString(name[start..end]);
            await ReadOrdersAsync(ShopRoute.Search, $"/orders?limit=20&search={search}", cancellationToken);
        }
    }

    /// <summary>The invoice follows the payment by way of the bus: the customer looks again until it is there.</summary>
    private async Task<string?> FindInvoiceAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var started = shop.Time.GetTimestamp();
        for (var delay = FirstInvoiceDelay; ; delay *= 2)
        {
            var documents = await shop.Client.SendAsync(new(ShopRoute.OfOrder, $"/documents?orderId={orderId}", sessionId),
                ShopAnswers.DocumentsAsync, cancellationToken);
            if (documents is null or { Length: > 0 })
                return documents?[0];
            if (shop.Time.GetElapsedTime(started) > InvoiceTimeout)
            {
                shop.Statistics.Failed(ShopRoute.OfOrder.Name, "no invoice");
                return null;
            }
            await Task.Delay(delay, shop.Time, cancellationToken);
        }
    }

    private async Task ReadDocumentAsync(string id, CancellationToken cancellationToken)
    {
        await shop.Client.SendAsync(new(ShopRoute.Document, $"/documents/{id}", sessionId), ShopAnswers.Document, cancellationToken);
        var (route, path, read) = random.Next(4) switch
        {
            0 => (ShopRoute.Thumbnail, "thumbnail", (Func<Stream, CancellationToken, ValueTask<string>>)ShopAnswers.PngAsync),
            1 => (ShopRoute.Preview, "preview", ShopAnswers.SomethingAsync),
            2 => (ShopRoute.Report, "report", ShopAnswers.SomethingAsync),
            _ => (ShopRoute.Content, "content", ShopAnswers.PngAsync),
        };
        await shop.Client.SendAsync(new(route, $"/documents/{id}/{path}", sessionId), read, cancellationToken);
    }

    private async Task ReadActivityAsync(CancellationToken cancellationToken)
    {
        var now = shop.Time.GetUtcNow();
        var path = Format($"/activity/{Metrics[random.Next(Metrics.Length)]}?from={now.AddHours(-1):yyyy-MM-ddTHH:mm:ssZ}&to={now:yyyy-MM-ddTHH:mm:ssZ}");
        await shop.Client.SendAsync(new(ShopRoute.Activity, path, sessionId), ShopAnswers.ObjectAsync, cancellationToken);
    }

    private async Task UploadAsync(CancellationToken cancellationToken)
    {
        var upload = new ShopCall(ShopRoute.Upload, "/documents", sessionId, shop.Images.Choose(random), "image/png");
        if (await shop.Client.SendAsync(upload, ShopAnswers.Document, cancellationToken) is { } document)
            await shop.Client.SendAsync(new(ShopRoute.Thumbnail, $"/documents/{document.DocumentId}/thumbnail", sessionId), ShopAnswers.PngAsync, cancellationToken);
    }

    private static string Format(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);
}
