using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shop.Documents.Data;
using Shop.Documents.DocumentCache;
using Shop.Documents.DocumentEvents;
using Shop.Documents.Downloads;
using Shop.Documents.FileWatchers;
using Shop.Documents.Imaging;
using Shop.Documents.LogFormatting;
using Shop.Documents.Previews;
using Shop.Documents.Rendering;
using Shop.Documents.Reports;
using Shop.Documents.Thumbnails;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Defaults = Shop.ServiceDefaults.Extensions;

namespace Shop.Documents;

/// <summary>The routes of a customer's documents; they return 404 for another customer's document.</summary>
internal static class DocumentsApi
{
    public static RouteGroupBuilder MapDocuments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/documents").Feeds<DocumentEventsCase>().Feeds<LogFormattingCase>().RequireCustomer();
        group.MapPost("/", Uploads.Upload).WithName("upload").LimitImages()
            .Accepts<Stream>(Uploads.ContentType).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithMetadata(new RequestSizeLimitAttribute(Defaults.MaxDocumentBytes));
        group.MapGet("/", GetDocuments).WithName("list").ProducesValidationProblem();
        group.MapGet("/{id:guid}", GetDocument).WithName("metadata").Feeds<DocumentCacheCase>().Feeds<FileWatchersCase>();
        group.MapGet("/{id:guid}/thumbnail", GetThumbnail).WithName("thumbnail").LimitImages().Feeds<ThumbnailsCase>()
            .Produces<Stream>(StatusCodes.Status200OK, Uploads.ContentType);
        group.MapGet("/{id:guid}/preview", GetPreview).WithName("preview").LimitImages().Feeds<PreviewsCase>()
            .Produces<string>(StatusCodes.Status200OK, "text/plain");
        group.MapGet("/{id:guid}/report", GetReport).WithName("report").LimitImages().Feeds<ReportsCase>()
            .Produces<Stream>(StatusCodes.Status200OK, JsonLines.ContentType);
        group.MapGet("/{id:guid}/content", GetContent).WithName("content").LimitImages().Feeds<DownloadsCase>()
            .Produces<Stream>(StatusCodes.Status200OK, Uploads.ContentType);
        return group;
    }

    private static async Task<Ok<Page<DocumentView>>> GetDocuments(
        Guid? orderId, Guid? after, Customer customer, DocumentsDb db, CancellationToken cancellation,
        [Range(1, Paging.MaxSize, ErrorMessage = "The limit must be {1} to {2}.")] int limit = Paging.DefaultSize)
    {
        var documents = db.Documents.AsNoTracking().Where(document => document.CustomerId == customer.CustomerId);
        if (orderId is { } order)
            documents = documents.Where(document => document.OrderId == order);
        if (after is { } last)
            documents = documents.Where(document => document.Id < last);
        return TypedResults.Ok(await documents.OrderByDescending(document => document.Id).Select(DocumentView.Projection)
            .ToPageAsync(limit, document => document.DocumentId, cancellation));
    }

    private static async Task<Results<Ok<DocumentView>, NotFound>> GetDocument(
        Guid id, Customer customer, CaseSwitch<IDocumentCache> cache, CaseSwitch<IFileWatchers> watchers, DocumentsDb db,
        CancellationToken cancellation)
        => await cache.Current.FindOwnAsync(id, customer, db.FindDocumentAsync, cancellation) is { } document
            ? TypedResults.Ok(document with { Title = DocumentTitle.Render(watchers.Current.TemplateOf(document.Kind), document) })
            : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> GetThumbnail(
        Guid id, Customer customer, CaseSwitch<IThumbnails> thumbnails, ThumbnailRenderer renderer, DocumentsDb db,
        CancellationToken cancellation)
        => await FindAsync(db, id, customer, cancellation) is { } document
            ? TypedResults.File(await thumbnails.Current.FindAsync(document, renderer.RenderAsync, cancellation), Uploads.ContentType)
            : TypedResults.NotFound();

    private static async Task<Results<ContentHttpResult, NotFound>> GetPreview(
        Guid id, Customer customer, HttpRequest request, CaseSwitch<IPreviews> previews, DocumentsDb db, DocumentImages images,
        CancellationToken cancellation)
    {
        if (await FindAsync(db, id, customer, cancellation) is not { } document)
            return TypedResults.NotFound();
        var text = request.GetTypedHeaders().CacheControl is { NoStore: true }
            ? await RenderAsync(cancellation)
            : await previews.Current.FindAsync(id, RenderAsync, cancellation);
        return TypedResults.Text(text, "text/plain; charset=utf-8");

        async ValueTask<string> RenderAsync(CancellationToken token)
        {
            var lines = await db.ReadLinesAsync(id, token);
            using var image = await images.ScaleAsync(document, token);
            return Preview.Render(document, lines, image);
        }
    }

    private static async Task<Results<EmptyHttpResult, NotFound>> GetReport(
        Guid id, Customer customer, CaseSwitch<IReports> reports, DocumentOperation operation, DocumentsDb db, DocumentImages images,
        HttpResponse response, CancellationToken cancellation)
    {
        if (await FindAsync(db, id, customer, cancellation) is not { } document)
            return TypedResults.NotFound();
        var lines = await db.ReadLinesAsync(id, cancellation);
        using var image = await images.ScaleAsync(document, cancellation);
        response.ContentType = JsonLines.ContentType;
        operation.Bytes = await reports.Current.WriteAsync(new Report(document, lines, image), response, cancellation);
        return TypedResults.Empty;
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> GetContent(
        Guid id, Customer customer, CaseSwitch<IDownloads> downloads, DocumentsDb db, DocumentImages images, HttpResponse response,
        CancellationToken cancellation)
    {
        if (await FindAsync(db, id, customer, cancellation) is not { } document)
            return TypedResults.NotFound();
        var content = await downloads.Current.ReadAsync(
            document.Size, response, (stream, token) => images.ReadAsync(document, stream, token), cancellation);
        return TypedResults.File(content, Uploads.ContentType);
    }

    private static Task<DocumentView?> FindAsync(DocumentsDb db, Guid id, Customer customer, CancellationToken cancellation)
        => db.Documents.AsNoTracking().Where(document => document.Id == id && document.CustomerId == customer.CustomerId)
            .Select(DocumentView.Projection).FirstOrDefaultAsync(cancellation);
}
