using System.Security.Cryptography;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Shop.Documents.Data;
using Shop.ServiceDefaults.Messages;

namespace Shop.Documents.Invoices;

/// <summary>Writes the invoice of a settled order, once.</summary>
internal sealed class InvoiceConsumer(DocumentsDb db, Inbox<DocumentsDb> inbox) : IConsumer<PaymentSettled>
{
    public Task Consume(ConsumeContext<PaymentSettled> context)
        => inbox.HandleOnceAsync(context, "documents-invoice", cancellation => WriteAsync(context.Message, cancellation));

    // Two messages for one order have two ids: the inbox takes both. Where they come at once, the unique index of the orders
    // refuses one, and its retry ends here.
    private async Task WriteAsync(PaymentSettled settled, CancellationToken cancellationToken)
    {
        if (await db.Documents.AnyAsync(document => document.OrderId == settled.OrderId, cancellationToken))
            return;
        var image = InvoiceImage.Render(settled.Lines);
        var document = Describe(settled, image);
        db.Documents.Add(document);
        db.DocumentContents.Add(new DocumentContent { DocumentId = document.Id, Bytes = image });
    }

    private static Document Describe(PaymentSettled settled, byte[] image) => new()
    {
        Id = Guid.CreateVersion7(),
        CustomerId = settled.CustomerId,
        OrderId = settled.OrderId,
        Kind = DocumentKind.Invoice,
        Size = image.Length,
        Width = InvoiceImage.Width,
        Height = InvoiceImage.Height,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(image)),
        CreatedAt = settled.SettledAt.ToUniversalTime(),
        Lines = [.. settled.Lines.Select((line, index) => new DocumentLine
        {
            Position = index + 1,
            Sku = line.Sku,
            Name = line.Name,
            Quantity = line.Quantity,
            UnitPrice = line.UnitPrice,
        })],
    };
}

/// <summary>The consumer's queue: Payments binds it too, so that no invoice is missed before Documents first runs.</summary>
internal sealed class InvoiceConsumerDefinition : ConsumerDefinition<InvoiceConsumer>
{
    public InvoiceConsumerDefinition() => EndpointName = MessageQueues.DocumentsInvoices;
}
