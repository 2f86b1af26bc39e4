using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shop.Documents.Data;
using Shop.Documents.DocumentCache;
using Shop.Documents.Imaging;
using Shop.Documents.Rendering;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Defaults = Shop.ServiceDefaults.Extensions;

namespace Shop.Documents;

/// <summary>The customers' documents; another's does not exist for them.</summary>
internal static class DocumentsApi
{
    private const int MaxPageSize = 100;
    private const int DefaultPageSize = 50;

    public static RouteGroupBuilder MapDocuments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/documents").RaiseDocumentEvents().RequireCustomer();
        group.MapPost("/", Uploads.Upload).WithName("upload").LimitImages()
            .Accepts<IFormFile>(Uploads.ContentType).WithMetadata(new RequestSizeLimitAttribute(Defaults.MaxDocumentBytes));
        group.MapGet("/", GetDocuments).WithName("list").ProducesValidationProblem();
        group.MapGet("/{id:guid}", GetDocument).WithName("metadata").RequireFuse<IDocumentCache>();
        group.MapGet("/{id:guid}/thumbnail", GetThumbnail).WithName("thumbnail").LimitImages();
        group.MapGet("/{id:guid}/preview", GetPreview).WithName("preview").LimitImages();
        group.MapGet("/{id:guid}/report", GetReport).WithName("report").LimitImages();
        group.MapGet("/{id:guid}/content", GetContent).WithName("content").LimitImages();
        return group;
    }

    private static async Task<Ok<DocumentPage>> GetDocuments(
        Guid? orderId, Guid? after, Customer customer, DocumentsDb db, CancellationToken cancellation,
        [Range(1, MaxPageSize, ErrorMessage = "A page has {1} to {2} documents.")] int limit = DefaultPageSize)
    {
        var documents = db.Documents.AsNoTracking().Where(document => document.CustomerId == customer.CustomerId);
        if (orderId is { } order)
            documents = documents.Where(document => document.OrderId == order);
        if (after is { } last)
            documents = documents.Where(document => document.Id < last);
        // One more than the page tells whether there is a next one.
        var items = await documents.OrderByDescending(document => document.Id).Take(limit + 1).Select(DocumentView.Projection).ToListAsync(cancellation);
        var page = items.Take(limit).ToList();
        return TypedResults.Ok(new DocumentPage(page, items.Count > limit ? page[^1].DocumentId : null));
    }

    private static async Task<Results<Ok<DocumentView>, NotFound>> GetDocument(
        Guid id, Customer customer, CaseSwitch<IDocumentCache> cache, DocumentsDb db, CancellationToken cancellation)
        => await cache.Current.FindOwnAsync(id, customer, db.FindDocumentAsync, cancellation) is { } document ? TypedResults.Ok(document) : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> GetThumbnail(Guid id, Customer customer, DocumentsDb db, CancellationToken cancellation)
    {
        if (await FindAsync(db, id, customer, cancellation) is not { } document)
            return TypedResults.NotFound();
        using var content = await db.ReadContentAsync(document, cancellation);
        return TypedResults.File(PixelGrid.Of(PngFile.Read(content.Memory)).Encode(), "image/png");
    }

    private static async Task<Results<ContentHttpResult, NotFound>> GetPreview(Guid id, Customer customer, DocumentsDb db, CancellationToken cancellation)
    {
        if (await FindAsync(db, id, customer, cancellation) is not { } document)
            return TypedResults.NotFound();
        var lines = await db.ReadLinesAsync(id, cancellation);
        using var content = await db.ReadContentAsync(document, cancellation);
        return TypedResults.Text(Preview.Render(document, lines, PixelGrid.Of(PngFile.Read(content.Memory))), "text/plain; charset=utf-8");
    }

    private static async Task<Results<EmptyHttpResult, NotFound>> GetReport(
        Guid id, Customer customer, DocumentOperation operation, DocumentsDb db, HttpResponse response, CancellationToken cancellation)
    {
        if (await FindAsync(db, id, customer, cancellation) is not { } document)
            return TypedResults.NotFound();
        var lines = await db.ReadLinesAsync(id, cancellation);
        using var content = await db.ReadContentAsync(document, cancellation);
        response.ContentType = "application/x-ndjson";
        operation.Bytes = await Report.WriteAsync(response.BodyWriter, document, lines, PixelGrid.Of(PngFile.Read(content.Memory)), cancellation);
        return TypedResults.Empty;
    }

    private static async Task<Results<EmptyHttpResult, NotFound>> GetContent(Guid id, Customer customer, DocumentsDb db, HttpResponse response, CancellationToken cancellation)
    {
        if (await FindAsync(db, id, customer, cancellation) is not { } document)
            return TypedResults.NotFound();
        using var content = await db.ReadContentAsync(document, cancellation);
        response.ContentType = Uploads.ContentType;
        response.ContentLength = content.Length;
        await content.CopyToAsync(response.Body, cancellation);
        return TypedResults.Empty;
    }

    private static Task<DocumentView?> FindAsync(DocumentsDb db, Guid id, Customer customer, CancellationToken cancellation)
        => db.Documents.AsNoTracking().Where(document => document.Id == id && document.CustomerId == customer.CustomerId)
            .Select(DocumentView.Projection).FirstOrDefaultAsync(cancellation);
}
