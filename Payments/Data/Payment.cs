namespace Shop.Payments.Data;

/// <summary>The payment of an order.</summary>
internal sealed class Payment
{
    public Guid OrderId { get; init; }

    public required string CustomerId { get; init; }

    public decimal Amount { get; init; }

    public PaymentStatus Status { get; init; }

    /// <summary>Why the gateway declined the charge.</summary>
    public string? DeclineReason { get; init; }

    /// <summary>The charge's id at the gateway.</summary>
    public required string ChargeId { get; init; }

    public DateTimeOffset CompletedAt { get; init; }
}
