using Shop.Orders.Data;

namespace Shop.Orders.Reading;

/// <summary>An order in a list.</summary>
internal sealed record OrderListItem(Guid OrderId, OrderStatus Status, decimal Total, DateTimeOffset PlacedAt, DateTimeOffset? CompletedAt);
