using MassTransit;
using Microsoft.EntityFrameworkCore;
using Shop.Payments.Data;
using Shop.Payments.PaymentHistory;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.Charging;

/// <summary>
/// Charges each placed order once. The inbox ignores a redelivered message, the payment's key ignores another message for the
/// same order, and the gateway's idempotency key covers a process that terminates between charge and commit.
/// </summary>
internal sealed class ChargeConsumer(
    PaymentsDb db, Inbox<PaymentsDb> inbox, Outbox<PaymentsDb> outbox, GatewayClient gateway, CaseSwitch<IPaymentHistory> history,
    TimeProvider time)
    : IConsumer<OrderPlaced>
{
    private const string Name = "charge";

    public async Task Consume(ConsumeContext<OrderPlaced> context)
    {
        Payment? payment = null;
        var isFirst = await inbox.HandleOnceAsync(context, Name, async token => payment = await ChargeAsync(context.Message, token));
        if (isFirst && payment is not null)
            history.Current.Add(context.Message, payment.Status);
    }

    /// <summary>Charges an order; returns null if it has been charged already.</summary>
    private async Task<Payment?> ChargeAsync(OrderPlaced order, CancellationToken cancellationToken)
    {
        if (await db.Payments.AnyAsync(payment => payment.OrderId == order.OrderId, cancellationToken))
            return null;
        var charge = await gateway.ChargeAsync(ChargeRequest.Of(order), cancellationToken);
        var payment = NewPayment(order, charge);
        db.Add(payment);
        if (charge.IsApproved)
            outbox.Add(db, new PaymentSettled(order.OrderId, order.CustomerId, order.Total, order.Lines, payment.CompletedAt));
        else
            outbox.Add(db, new PaymentDeclined(order.OrderId, order.CustomerId, payment.DeclineReason!, payment.CompletedAt));
        return payment;
    }

    private Payment NewPayment(OrderPlaced order, GatewayCharge charge) => new()
    {
        OrderId = order.OrderId,
        CustomerId = order.CustomerId,
        Amount = order.Total,
        Status = charge.IsApproved ? PaymentStatus.Settled : PaymentStatus.Declined,
        DeclineReason = charge.IsApproved ? null : Truncate(charge.Reason ?? "declined"),
        ChargeId = charge.ChargeId,
        CompletedAt = time.GetUtcNow(),
    };

    private static string Truncate(string reason)
        => reason.Length <= PaymentsDb.MaxReasonLength ? reason : reason[..PaymentsDb.MaxReasonLength];
}
