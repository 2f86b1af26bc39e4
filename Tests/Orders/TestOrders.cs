using Shop.Orders.Data;
using Shop.Orders.Reading;

namespace Shop.Tests.Orders;

/// <summary>Creates orders for tests.</summary>
internal static class TestOrders
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public static Order Placed(DateTimeOffset? at = null) => new()
    {
        Id = Guid.CreateVersion7(),
        CustomerId = "ada",
        IdempotencyKey = "key",
        RequestHash = [1],
        Total = 12.5m,
        PlacedAt = at ?? Noon,
    };

    public static Order Completed(Order placed, OrderStatus status, string? reason) => new()
    {
        Id = placed.Id,
        CustomerId = placed.CustomerId,
        IdempotencyKey = placed.IdempotencyKey,
        RequestHash = placed.RequestHash,
        Total = placed.Total,
        PlacedAt = placed.PlacedAt,
        Status = status,
        CompletedAt = Noon.AddSeconds(1),
        DeclineReason = reason,
    };

    /// <summary>The view of an order that is read from its row.</summary>
    public static OrderView Row(Order order)
        => new(order.Id, order.Status, order.Total, order.PlacedAt, order.CompletedAt, order.DeclineReason, []);
}
