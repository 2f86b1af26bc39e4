using Shop.Payments.Data;

namespace Shop.Payments;

/// <summary>A payment, as returned to its customer.</summary>
internal sealed record PaymentView(Guid OrderId, PaymentStatus Status, decimal Amount, string? DeclineReason, DateTimeOffset CompletedAt);
