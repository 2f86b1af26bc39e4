using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Shop.Documents.Data;
using Shop.Documents.Imaging;
using Shop.ServiceDefaults.Customers;
using SkiaSharp;

namespace Shop.Documents;

/// <summary>Accepts uploaded images; each is decoded completely before anything is stored.</summary>
internal static class Uploads
{
    public const string ContentType = "image/png";

    public static async Task<Results<Created<UploadedView>, ProblemHttpResult>> Upload(
        HttpRequest request, Customer customer, DocumentOperation operation, DocumentsDb db, ContentBuffers buffers, ImageDecoder decoder,
        TimeProvider time, CancellationToken cancellation)
    {
        if (!IsPng(request.ContentType))
        {
            return TypedResults.Problem(
                title: $"The content type of a document must be {ContentType}.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        }
        using var body = buffers.GetStream();
        await request.Body.CopyToAsync(body, cancellation);
        if (body.Length == 0)
            return TypedResults.Problem(title: "The request has no body.", statusCode: StatusCodes.Status400BadRequest);
        SKSizeI size;
        try
        {
            size = await decoder.CheckAsync(body, cancellation);
        }
        catch (PngException rejection)
        {
            return TypedResults.Problem(
                title: "The image was rejected.", detail: rejection.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
        body.Position = 0;
        var document = Describe(body.Length, SHA256.HashData(body), size, customer, time);
        await StoreAsync(db, document, body, cancellation);
        operation.DocumentId = document.Id;
        return TypedResults.Created($"/documents/{document.Id}", new UploadedView(document.Id));
    }

    private static bool IsPng(string? contentType)
        => MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase);

    private static Document Describe(long bytes, byte[] sha256, SKSizeI size, Customer customer, TimeProvider time) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        CustomerId = customer.CustomerId,
        Kind = DocumentKind.Upload,
        Size = (int)bytes,
        Width = size.Width,
        Height = size.Height,
        Sha256 = Convert.ToHexStringLower(sha256),
        CreatedAt = time.GetUtcNow(),
    };

    // If the connection is lost during the commit, the row shows whether it succeeded.
    private static Task StoreAsync(DocumentsDb db, Document document, Stream image, CancellationToken cancellationToken)
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
