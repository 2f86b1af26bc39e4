using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Shop.Generated.Documents;
using Shop.Generated.Orders;
using Shop.Generated.Payments;
using Shop.Generated.Sessions;

namespace Shop.Generated;

/// <summary>A customer who only knows the OpenAPI documents. GeneratedClientTests compiles this file.</summary>
public static class Purchase
{
    public static async Task<string> BuyAsync(IReadOnlyDictionary<string, HttpClient> http, Stream image, CancellationToken cancellation)
    {
        var orders = new OrdersClient(http["orders"]);
        var sessions = new SessionsClient(http["sessions"]);
        var product = (await orders.GetProductsAsync(limit: 1, cancellationToken: cancellation)).Single();
        var session = await sessions.LogInAsync(new LogInRequest { CustomerId = "generated" }, cancellation);
        foreach (var client in http.Values)
            client.DefaultRequestHeaders.Add("X-Session-Id", session.SessionId);
        await sessions.SetItemAsync(product.Sku, new QuantityRequest { Quantity = 2 }, cancellation);
        var placed = await orders.PlaceOrderAsync(Guid.NewGuid().ToString(), new object(), cancellation);
        var order = await WaitAsync(() => orders.FindOrderAsync(placed.OrderId, cancellation));
        var payment = await new PaymentsClient(http["payments"]).FindPaymentAsync(order.OrderId, cancellation);
        var summary = await orders.SummarizeDayAsync(order.PlacedAt.UtcDateTime.ToString("yyyy-MM-dd"), cancellation);
        return $"{order.Lines.Single().Quantity} of {product.Sku} for {order.Total}, {order.Status}; payment {payment.Status}; "
            + $"{summary.Orders} order, export of {await LinesAsync(orders.ExportOrdersAsync(cancellation))} line; "
            + $"{await ReadAsync(new DocumentsClient(http["documents"]), image, cancellation)}; "
            + await NotFoundAsync(orders, cancellation);
    }

    private static async Task<string> ReadAsync(DocumentsClient documents, Stream image, CancellationToken cancellation)
    {
        var id = (await documents.UploadAsync(image, cancellation)).DocumentId;
        using var content = await documents.ContentAsync(id, cancellation);
        using var thumbnail = await documents.ThumbnailAsync(id, cancellation);
        var preview = await documents.PreviewAsync(id, cancellation);
        var lines = await LinesAsync(documents.ReportAsync(id, cancellation));
        var kind = (await documents.MetadataAsync(id, cancellation)).Kind;
        return $"content {content.StatusCode}, thumbnail {thumbnail.StatusCode}, preview {preview.Length > 0}, "
            + $"report {lines > 1_000}, {kind}";
    }

    private static async Task<string> NotFoundAsync(OrdersClient orders, CancellationToken cancellation)
    {
        try
        {
            return (await orders.FindOrderAsync(Guid.NewGuid(), cancellation)).ToString();
        }
        catch (Orders.ApiException<Orders.ProblemDetails> problem)
        {
            return $"{problem.Result.Status} {problem.Result.Title}";
        }
    }

    private static async Task<int> LinesAsync(Task<Orders.FileResponse> file)
    {
        using var response = await file;
        return await LinesAsync(response.Stream);
    }

    private static async Task<int> LinesAsync(Task<Documents.FileResponse> file)
    {
        using var response = await file;
        return await LinesAsync(response.Stream);
    }

    private static async Task<int> LinesAsync(Stream stream)
        => (await new StreamReader(stream).ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static async Task<OrderView> WaitAsync(Func<Task<OrderView>> read)
    {
        while (true)
        {
            var order = await read();
            if (order.Status != OrderStatus.Pending)
                return order;
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
}
