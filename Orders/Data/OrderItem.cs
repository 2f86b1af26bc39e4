namespace Shop.Orders.Data;

/// <summary>One line of an order, with the product's name and price at the time of the order.</summary>
internal sealed class OrderItem
{
    public Guid OrderId { get; init; }

    /// <summary>The line's position in the order, starting with 1.</summary>
    public int Number { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public int Quantity { get; init; }

    public decimal UnitPrice { get; init; }
}
