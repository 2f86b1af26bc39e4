using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Orders.Data;
using Shop.Orders.Reading;
using Shop.ServiceDefaults;

namespace Shop.Orders.OrderExport;

/// <summary>
/// Retains nothing, but during an export it holds all orders of the customer: as tracked entities with their lines, and as one body, until
/// the client has taken it.
/// </summary>
internal sealed class LeakyOrderExport(IOptions<JsonOptions> json) : IOrderExport
{
    public async Task WriteAsync(OrdersDb db, string customerId, HttpResponse response, CancellationToken cancellationToken)
    {
        var orders = await ReadAsync(db, customerId, cancellationToken);
        var body = new ArrayBufferWriter<byte>();
        using var lines = new ExportWriter(body, json.Value.SerializerOptions);
        foreach (var order in orders)
            lines.Write(OrderView.Of(order));
        response.ContentType = JsonLines.ContentType;
        response.ContentLength = body.WrittenCount;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, cancellationToken);
    }

    // LEAK: the list has every order of the customer, and the context tracks each of them and of their lines until the request ends.
    [SuppressMessage("Memory", "SHOP4002", Justification = "The incident: an export loaded every order.")]
    private static Task<List<Order>> ReadAsync(OrdersDb db, string customerId, CancellationToken cancellationToken)
        => db.Orders.Include(order => order.Items).Where(order => order.CustomerId == customerId).OrderBy(order => order.Id)
            .ToListAsync(cancellationToken);
}
