using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Shop.Orders.Data;

namespace Shop.Orders.Reading;

/// <summary>An order with its lines.</summary>
/// <param name="OrderId">The order's id.</param>
/// <param name="Status">The order's status.</param>
/// <param name="Total">The total price, in euros.</param>
/// <param name="PlacedAt">The time at which the order was accepted.</param>
/// <param name="CompletedAt">The time at which the status became final.</param>
/// <param name="DeclineReason">Why the payment was declined.</param>
/// <param name="Lines">The order's lines.</param>
internal sealed record OrderView(Guid OrderId, OrderStatus Status, decimal Total, DateTimeOffset PlacedAt, DateTimeOffset? CompletedAt,
    string? DeclineReason, IReadOnlyList<OrderLineView> Lines)
{
    /// <summary>Reads views instead of orders in a query.</summary>
    public static readonly Expression<Func<Order, OrderView>> Projection = order => new OrderView(
        order.Id, order.Status, order.Total, order.PlacedAt, order.CompletedAt, order.DeclineReason,
        order.Items.OrderBy(item => item.Number)
            .Select(item => new OrderLineView(item.Sku, item.Name, item.Quantity, item.UnitPrice)).ToList());

    /// <summary>The view of an order that was loaded with its lines.</summary>
    public static readonly Func<Order, OrderView> Of = Projection.Compile();

    /// <summary>The order's events, oldest first; only set if a single order is requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OrderEventView>? Events { get; init; }
}
