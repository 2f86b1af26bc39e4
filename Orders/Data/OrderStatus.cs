namespace Shop.Orders.Data;

/// <summary>The status of an order.</summary>
internal enum OrderStatus
{
    /// <summary>Accepted, not yet paid.</summary>
    Pending,

    /// <summary>Paid. Final.</summary>
    Settled,

    /// <summary>The payment was declined. Final.</summary>
    Declined,
}
