using Microsoft.EntityFrameworkCore;
using Shop.Orders.Data;
using Shop.Orders.Reading;
using Shop.ServiceDefaults;
using static Shop.Orders.PreparedStatements.SearchPattern;

namespace Shop.Orders.PreparedStatements;

/// <summary>
/// One statement for all texts. A connection keeps as many statements as <c>Max Auto Prepare</c> allows, by default none, and releases the
/// least recently used one for a new one; <c>Connection Lifetime</c>, by default an hour, releases them all.
/// </summary>
internal sealed class FixedPreparedStatements(IDbContextFactory<OrdersDb> contexts) : IPreparedStatements
{
    public async Task<Page<OrderListItem>> SearchAsync(
        string customerId, Guid? after, int limit, string search, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = after ?? Guid.AllBitsSet;
        // FIX: the text is a parameter, so that the statement is the same whatever is searched for; it is left to the driver whether to
        // prepare it, within a bound.
        var pattern = Containing(search);
        return await db.Orders
            .Where(order => order.CustomerId == customerId && order.Id < last && order.Items.Any(item
                => EF.Functions.ILike(item.Name, pattern, Escape) || EF.Functions.ILike(item.Sku, pattern, Escape)))
            .OrderByDescending(order => order.Id).Select(OrderListItem.Projection)
            .ToPageAsync(limit, order => order.OrderId, cancellationToken);
    }
}
