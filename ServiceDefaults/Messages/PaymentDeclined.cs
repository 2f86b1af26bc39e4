namespace Shop.ServiceDefaults.Messages;

/// <summary>The gateway declined the payment of an order. Final.</summary>
public sealed record PaymentDeclined(Guid OrderId, string CustomerId, string Reason, DateTimeOffset DeclinedAt);
