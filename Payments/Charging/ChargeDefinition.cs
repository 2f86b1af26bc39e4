using MassTransit;
using Shop.Payments.CustomerLookup;
using Shop.Payments.PaymentGateway;
using Shop.Payments.PaymentHistory;
using Shop.Payments.PaymentPayload;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.Charging;

/// <summary>All instances consume from one queue.</summary>
internal sealed class ChargeDefinition : ConsumerDefinition<ChargeConsumer>
{
    public ChargeDefinition() => EndpointName = MessageQueues.PaymentsCharges;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<ChargeConsumer> consumerConfigurator,
        IRegistrationContext context)
    {
        endpointConfigurator.Feeds<CustomerLookupCase>(context);
        endpointConfigurator.Feeds<PaymentGatewayCase>(context);
        endpointConfigurator.Feeds<PaymentHistoryCase>(context);
        endpointConfigurator.Feeds<PaymentPayloadCase>(context);
    }
}
