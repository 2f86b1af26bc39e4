using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Orders.Data;
using Shop.Orders.OrderExport;
using Shop.Orders.Reading;
using Shop.ServiceDefaults;

namespace Shop.Tests.Orders;

/// <summary>
/// The article's two ways to read many orders. Its pages would lose orders and repeat others, so it cannot be selected in the service.
/// </summary>
internal sealed class PublishedOrderExport(Func<OrdersDb, string, IAsyncEnumerable<Order>> read, IOptions<JsonOptions> json) : IOrderExport
{
    public const int PageSize = 1000;

    public async Task WriteAsync(OrdersDb db, string customerId, HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = JsonLines.ContentType;
        using var lines = new ExportWriter(response.BodyWriter, json.Value.SerializerOptions);
        await foreach (var order in read(db, customerId).WithCancellation(cancellationToken))
        {
            lines.Write(OrderView.Of(order));
            await response.BodyWriter.FlushAsync(cancellationToken);
        }
    }

    /// <summary>The article's <c>GetOrdersStreamAsync</c>.</summary>
    public static IAsyncEnumerable<Order> ReadPages(OrdersDb db, string customerId) => ReadPagesAsync(db, customerId);

    /// <summary>The article's <c>ProcessBulkOrdersAsync</c>.</summary>
    public static IAsyncEnumerable<Order> ReadStream(OrdersDb db, string customerId)
        // DEFECT: the context tracks each order and its lines, so what was streamed is not released.
        => db.Orders.Include(order => order.Items).Where(order => order.CustomerId == customerId)
            // DEFECT: the connection is not returned to its pool before the client has read the last order.
            .AsAsyncEnumerable();

    private static async IAsyncEnumerable<Order> ReadPagesAsync(
        OrdersDb db, string customerId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var offset = 0;
        List<Order> batch;
        do
        {
            // DEFECT: the pages have no order: an order that is updated moves to another page, and others move into its place.
            batch = await db.Orders.Include(order => order.Items).Where(order => order.CustomerId == customerId)
                // DEFECT: the database reads the skipped orders too, so n pages cost as much as n² / 2.
                .Skip(offset)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            foreach (var order in batch)
                yield return order;
            offset += PageSize;
        } while (batch.Count == PageSize);
    }
}
