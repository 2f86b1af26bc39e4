namespace Shop.Orders.Data;

/// <summary>An accepted order.</summary>
internal sealed class Order
{
    /// <summary>Ordered by creation time, for keyset pagination.</summary>
    public Guid Id { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>The customer's idempotency key, unique per customer.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Distinguishes a repeated request from a different one with the same key.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>The cart that the order was made from.</summary>
    public Guid CartId { get; init; }

    /// <summary>The cart's revision when it was read for the order.</summary>
    public long CartRevision { get; init; }

    /// <summary>The cart's revision of the order before, or 0: this order has the lines that changed after it.</summary>
    public long PreviousRevision { get; init; }

    public decimal Total { get; init; }

    public OrderStatus Status { get; set; }

    public string? DeclineReason { get; set; }

    public DateTimeOffset PlacedAt { get; init; }

    /// <summary>The time at which the status became final.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    public List<OrderItem> Items { get; init; } = [];
}
