using MassTransit;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.Charging;

/// <summary>All instances consume from one queue.</summary>
internal sealed class ChargeDefinition : ConsumerDefinition<ChargeConsumer>
{
    public ChargeDefinition() => EndpointName = MessageQueues.PaymentsCharges;
}
