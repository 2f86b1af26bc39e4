using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Orders.Data;
using Shop.Orders.Reading;
using Shop.ServiceDefaults;

namespace Shop.Orders.OrderExport;

/// <summary>
/// Holds one page of at most <see cref="PageSize"/> untracked orders, however many there are. A page is released when the client has taken
/// it; while it takes it, the export has no connection to the database.
/// </summary>
internal sealed class FixedOrderExport(IOptions<JsonOptions> json) : IOrderExport
{
    public const int PageSize = 100;

    public async Task WriteAsync(OrdersDb db, string customerId, HttpResponse response, CancellationToken cancellationToken)
    {
        // The first page is read before the response starts, so that an unavailable database still results in a 503.
        var page = await ReadAsync(db, customerId, Guid.Empty, cancellationToken);
        response.ContentType = JsonLines.ContentType;
        using var lines = new ExportWriter(response.BodyWriter, json.Value.SerializerOptions);
        while (page.Count > 0)
        {
            foreach (var order in page)
                lines.Write(order);
            // Waits for a slow client, so that at most one page is buffered.
            await response.BodyWriter.FlushAsync(cancellationToken);
            page = await ReadAsync(db, customerId, page[^1].OrderId, cancellationToken);
        }
    }

    // FIX: a page starts after the last id of the previous one: its cost and its size do not depend on the orders before and after it.
    private static Task<List<OrderView>> ReadAsync(OrdersDb db, string customerId, Guid after, CancellationToken cancellationToken)
        => db.Orders.Where(order => order.CustomerId == customerId && order.Id > after).OrderBy(order => order.Id).Take(PageSize)
            .Select(OrderView.Projection).ToListAsync(cancellationToken);
}
