namespace Shop.Orders.Data;

/// <summary>Where an order stands.</summary>
internal enum OrderStatus
{
    /// <summary>Accepted, not yet paid.</summary>
    Pending,

    /// <summary>Paid. Final.</summary>
    Settled,

    /// <summary>The payment was declined. Final.</summary>
    Declined,
}

/// <summary>An accepted order.</summary>
internal sealed class Order
{
    /// <summary>Ordered by time, so that keyset pages follow it.</summary>
    public Guid Id { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>The customer's key: one order per customer and key.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Tells a repeated request from another one under the same key.</summary>
    public required byte[] RequestHash { get; init; }

    public decimal Total { get; init; }

    public OrderStatus Status { get; set; }

    public string? DeclineReason { get; set; }

    public DateTimeOffset PlacedAt { get; init; }

    /// <summary>When the status became final.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    public List<OrderItem> Items { get; init; } = [];
}

/// <summary>One line of an order, with the product's name and price when it was placed.</summary>
internal sealed class OrderItem
{
    public Guid OrderId { get; init; }

    /// <summary>The line's place in the order, from 1.</summary>
    public int Number { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public int Quantity { get; init; }

    public decimal UnitPrice { get; init; }
}
