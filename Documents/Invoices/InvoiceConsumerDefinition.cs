using MassTransit;
using Shop.ServiceDefaults.Messages;

namespace Shop.Documents.Invoices;

/// <summary>All instances consume from one queue.</summary>
internal sealed class InvoiceConsumerDefinition : ConsumerDefinition<InvoiceConsumer>
{
    public InvoiceConsumerDefinition() => EndpointName = MessageQueues.DocumentsInvoices;
}
