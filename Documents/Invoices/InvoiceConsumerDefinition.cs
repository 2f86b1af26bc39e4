using MassTransit;
using Shop.ServiceDefaults.Messages;

namespace Shop.Documents.Invoices;

/// <summary>The consumer's queue. Payments binds it too, so that no message is lost before the first start of Documents.</summary>
internal sealed class InvoiceConsumerDefinition : ConsumerDefinition<InvoiceConsumer>
{
    public InvoiceConsumerDefinition() => EndpointName = MessageQueues.DocumentsInvoices;
}
