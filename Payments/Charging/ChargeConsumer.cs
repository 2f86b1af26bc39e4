using MassTransit;
using Microsoft.EntityFrameworkCore;
using Shop.Payments.Data;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.Charging;

/// <summary>
/// Charges each placed order once: by the inbox where the message comes again, by the payment's key where another
/// message names the order, and by the gateway's idempotency key where the process dies between charge and commit.
/// </summary>
internal sealed class ChargeConsumer(PaymentsDb db, Inbox<PaymentsDb> inbox, Outbox<PaymentsDb> outbox, GatewayClient gateway, TimeProvider time)
    : IConsumer<OrderPlaced>
{
    private const string Name = "charge";

    public Task Consume(ConsumeContext<OrderPlaced> context) => inbox.HandleOnceAsync(context, Name, token => ChargeAsync(context.Message, token));

    private async Task ChargeAsync(OrderPlaced order, CancellationToken cancellationToken)
    {
        if (await db.Payments.AnyAsync(payment => payment.OrderId == order.OrderId, cancellationToken))
            return;
        var charge = await gateway.ChargeAsync(ChargeRequest.Of(order), cancellationToken);
        var payment = NewPayment(order, charge);
        db.Add(payment);
        if (charge.IsApproved)
            outbox.Add(db, new PaymentSettled(order.OrderId, order.CustomerId, order.Total, order.Lines, payment.CompletedAt));
        else
            outbox.Add(db, new PaymentDeclined(order.OrderId, order.CustomerId, payment.DeclineReason!, payment.CompletedAt));
    }

    private Payment NewPayment(OrderPlaced order, GatewayCharge charge) => new()
    {
        OrderId = order.OrderId,
        CustomerId = order.CustomerId,
        Amount = order.Total,
        Status = charge.IsApproved ? PaymentStatus.Settled : PaymentStatus.Declined,
        DeclineReason = charge.IsApproved ? null : Shorten(charge.Reason ?? "declined"),
        ChargeId = charge.ChargeId,
        CompletedAt = time.GetUtcNow(),
    };

    private static string Shorten(string reason) => reason.Length <= PaymentsDb.MaxReasonLength ? reason : reason[..PaymentsDb.MaxReasonLength];
}

/// <summary>One queue for all instances.</summary>
internal sealed class ChargeDefinition : ConsumerDefinition<ChargeConsumer>
{
    public ChargeDefinition() => EndpointName = MessageQueues.PaymentsCharges;
}

/// <summary>Registers the consumer.</summary>
internal static class ChargingExtensions
{
    public static void AddCharging(this IBusRegistrationConfigurator bus) => bus.AddConsumer<ChargeConsumer, ChargeDefinition>();
}
