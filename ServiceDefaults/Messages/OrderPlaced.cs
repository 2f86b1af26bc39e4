namespace Shop.ServiceDefaults.Messages;

/// <summary>An order was accepted. Payments charges it, Sessions removes its lines from the cart.</summary>
public sealed record OrderPlaced(
    Guid OrderId, string CustomerId, decimal Total, IReadOnlyList<OrderLine> Lines, DateTimeOffset PlacedAt, string SessionId)
{
    /// <summary>Omits the session, a credential that must not be logged.</summary>
    public override string ToString() => $"{nameof(OrderPlaced)} {OrderId}";
}
