namespace Shop.ServiceDefaults.Messages;

/// <summary>The payment of an order was settled. Final.</summary>
public sealed record PaymentSettled(
    Guid OrderId, string CustomerId, decimal Total, IReadOnlyList<OrderLine> Lines, DateTimeOffset SettledAt);
