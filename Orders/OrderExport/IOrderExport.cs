using Shop.Orders.Data;

namespace Shop.Orders.OrderExport;

/// <summary>Exports all orders of a customer as JSON lines, oldest first.</summary>
internal interface IOrderExport
{
    /// <summary>Writes the export to a response, with the context of its request: the variants are singletons.</summary>
    Task WriteAsync(OrdersDb db, string customerId, HttpResponse response, CancellationToken cancellationToken);
}
