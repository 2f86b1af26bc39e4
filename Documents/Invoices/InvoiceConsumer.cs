using System.Security.Cryptography;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Shop.Documents.Data;
using Shop.ServiceDefaults.Messages;

namespace Shop.Documents.Invoices;

/// <summary>Creates the invoice of a settled order, once.</summary>
internal sealed class InvoiceConsumer(DocumentsDb db, Inbox<DocumentsDb> inbox) : IConsumer<PaymentSettled>
{
    public Task Consume(ConsumeContext<PaymentSettled> context)
        => inbox.HandleOnceAsync(context, "documents-invoice", cancellation => WriteAsync(context.Message, cancellation));

    // The inbox accepts two messages for one order, because their ids differ. If they are handled concurrently, the unique index
    // rejects one, and its retry returns here.
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
