namespace Shop.ServiceDefaults.Messages;

/// <summary>One line of an order.</summary>
/// <param name="Sku">The product.</param>
/// <param name="Name">Its name when the order was placed.</param>
/// <param name="Quantity">How many, 1 to 1,000.</param>
/// <param name="UnitPrice">Its price when the order was placed, in euros.</param>
public sealed record OrderLine(string Sku, string Name, int Quantity, decimal UnitPrice)
{
    /// <summary>What the line costs, in euros.</summary>
    public decimal Amount => Quantity * UnitPrice;
}

/// <summary>An order was accepted; Payments charges it, Sessions takes its lines out of the cart it came from.</summary>
public sealed record OrderPlaced(Guid OrderId, string CustomerId, decimal Total, IReadOnlyList<OrderLine> Lines, DateTimeOffset PlacedAt, string SessionId)
{
    /// <summary>Leaves the session out: what is logged must not let anyone act as the customer.</summary>
    public override string ToString() => $"{nameof(OrderPlaced)} {OrderId}";
}

/// <summary>An order's payment was settled, once.</summary>
public sealed record PaymentSettled(Guid OrderId, string CustomerId, decimal Total, IReadOnlyList<OrderLine> Lines, DateTimeOffset SettledAt);

/// <summary>An order's payment was declined by the gateway, for good.</summary>
public sealed record PaymentDeclined(Guid OrderId, string CustomerId, string Reason, DateTimeOffset DeclinedAt);
