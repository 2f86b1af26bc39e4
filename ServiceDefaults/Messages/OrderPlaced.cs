namespace Shop.ServiceDefaults.Messages;

/// <summary>An order was accepted. Payments charges it, Sessions removes its lines from the cart.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">The customer who placed it.</param>
/// <param name="Total">Its total, in euros.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="CartId">The cart that it was made from.</param>
/// <param name="CartRevision">The cart's revision then: later changes do not belong to the order.</param>
public sealed record OrderPlaced(
    Guid OrderId, string CustomerId, decimal Total, IReadOnlyList<OrderLine> Lines, DateTimeOffset PlacedAt, Guid CartId, long CartRevision)
{
    /// <summary>Omits the customer and the lines.</summary>
    public override string ToString() => $"{nameof(OrderPlaced)} {OrderId}";
}
