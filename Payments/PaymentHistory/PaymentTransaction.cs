using Shop.Payments.Data;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.PaymentHistory;

/// <summary>A charge as in the incident: it references the whole message.</summary>
internal sealed record PaymentTransaction(OrderPlaced Order, PaymentStatus Status);
