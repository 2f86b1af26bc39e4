using Shop.Payments.Data;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.PaymentHistory;

/// <summary>The latest charges of this instance, for the share of them that was declined. The payments are in the database.</summary>
internal interface IPaymentHistory
{
    /// <summary>The share of the latest charges that were declined, from 0 to 1; null before the first charge.</summary>
    double? DeclinedShare { get; }

    /// <summary>Adds a charge. Call it after the payment has been stored.</summary>
    void Add(OrderPlaced order, PaymentStatus status);
}
