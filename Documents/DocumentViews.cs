using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Shop.Documents.Data;

namespace Shop.Documents;

/// <summary>The answer to an upload.</summary>
internal sealed record UploadedView(Guid DocumentId);

/// <summary>A document's metadata; the size is its file's in bytes, width and height are its image's in pixels. The owner is for the service's own check.</summary>
internal sealed record DocumentView(
    Guid DocumentId, [property: JsonIgnore] string CustomerId, Guid? OrderId, DocumentKind Kind, int Size, int Width, int Height, string Sha256, DateTimeOffset CreatedAt)
{
    /// <summary>What was ordered; empty for an upload, and left out where documents are listed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DocumentLine>? Lines { get; init; }

    /// <summary>What is read from the database: neither lines nor content.</summary>
    public static Expression<Func<Document, DocumentView>> Projection { get; } = document
        => new DocumentView(
            document.Id, document.CustomerId, document.OrderId, document.Kind, document.Size, document.Width, document.Height, document.Sha256, document.CreatedAt);
}
