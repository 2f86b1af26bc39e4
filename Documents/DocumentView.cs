using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Shop.Documents.Data;

namespace Shop.Documents;

/// <summary>
/// A document's metadata: the size of its file in bytes, the width and height of its image in pixels. The owner is not serialized; the
/// service uses it to check access.
/// </summary>
internal sealed record DocumentView(
    Guid DocumentId, [property: JsonIgnore] string CustomerId, Guid? OrderId, DocumentKind Kind, int Size, int Width, int Height,
    string Sha256, DateTimeOffset CreatedAt)
{
    /// <summary>The order's lines; empty for an upload, null in lists of documents.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DocumentLine>? Lines { get; init; }

    /// <summary>The title, rendered from its kind's template; null in lists of documents.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    /// <summary>The projection of the database queries, without lines and content.</summary>
    public static Expression<Func<Document, DocumentView>> Projection { get; } = document
        => new DocumentView(
            document.Id, document.CustomerId, document.OrderId, document.Kind, document.Size, document.Width, document.Height,
            document.Sha256, document.CreatedAt);
}
