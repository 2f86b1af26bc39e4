namespace Shop.Payments.Data;

/// <summary>The status of a payment. Both values are final.</summary>
internal enum PaymentStatus
{
    /// <summary>The gateway approved the charge.</summary>
    Settled,

    /// <summary>The gateway declined the charge.</summary>
    Declined,
}
