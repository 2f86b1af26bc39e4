namespace Shop.Tests.Faults;

/// <summary>The records of one order in every service.</summary>
/// <param name="Order">The status of the order.</param>
/// <param name="Charge">The status of the charge at the gateway.</param>
/// <param name="Payment">The status of the payment.</param>
/// <param name="Orders">The number of the customer's orders.</param>
/// <param name="Invoices">The number of the order's invoices.</param>
internal sealed record OrderRecords(string Order, string? Charge, string? Payment, int Orders, int Invoices)
{
    public static readonly OrderRecords Settled = new("Settled", "Approved", "Settled", 1, 1);
    public static readonly OrderRecords Declined = new("Declined", "Declined", "Declined", 1, 0);
}
