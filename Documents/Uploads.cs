using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Shop.Documents.Data;
using Shop.Documents.Imaging;
using Shop.ServiceDefaults.Customers;

namespace Shop.Documents;

/// <summary>Takes customers' images: decoded once as a whole before anything is stored.</summary>
internal static class Uploads
{
    public const string ContentType = "image/png";

    public static async Task<Results<Created<UploadedView>, ProblemHttpResult>> Upload(
        HttpRequest request, Customer customer, DocumentOperation operation, DocumentsDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
            return TypedResults.Problem(title: $"A document is sent as {ContentType}.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        using var body = await PooledBytes.ReadAllAsync(request.BodyReader, request.ContentLength, cancellation);
        if (body.Length == 0)
            return TypedResults.Problem(title: "The request has no body.", statusCode: StatusCodes.Status400BadRequest);
        PngHeader header;
        try
        {
            var png = PngFile.Read(body.Memory);
            PngDecoder.Decode(png);
            header = png.Header;
        }
        catch (PngException refusal)
        {
            return TypedResults.Problem(title: "The image was refused.", detail: refusal.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
        var document = Describe(body.Memory.Span, header, customer, time);
        await StoreAsync(db, document, body.Memory, cancellation);
        operation.DocumentId = document.Id;
        return TypedResults.Created($"/documents/{document.Id}", new UploadedView(document.Id));
    }

    private static Document Describe(ReadOnlySpan<byte> image, PngHeader header, Customer customer, TimeProvider time) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        CustomerId = customer.CustomerId,
        Kind = DocumentKind.Upload,
        Size = image.Length,
        Width = header.Width,
        Height = header.Height,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(image)),
        CreatedAt = time.GetUtcNow(),
    };

    // A connection lost during the commit leaves open whether it was done; then the row tells.
    private static Task StoreAsync(DocumentsDb db, Document document, ReadOnlyMemory<byte> image, CancellationToken cancellationToken)
        => db.Database.CreateExecutionStrategy().ExecuteInTransactionAsync(
            async token =>
            {
                db.ChangeTracker.Clear();
                db.Documents.Add(document);
                await db.SaveChangesAsync(token);
                await db.InsertContentAsync(document.Id, image, token);
            },
            token => db.Documents.AsNoTracking().AnyAsync(d => d.Id == document.Id, token),
            cancellationToken);
}
