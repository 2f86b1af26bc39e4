using Shop.Orders.Reading;
using Shop.ServiceDefaults;

namespace Shop.Orders.PreparedStatements;

/// <summary>Searches the orders of a customer.</summary>
internal interface IPreparedStatements
{
    /// <summary>
    /// Reads a page of the orders that have a line with the text in its product's name or SKU, whatever the case of its letters, newest
    /// first.
    /// </summary>
    Task<Page<OrderListItem>> SearchAsync(
        string customerId, Guid? after, int limit, string search, CancellationToken cancellationToken);
}
