namespace Shop.Documents.Data;

/// <summary>A document's metadata; its image is a <see cref="DocumentContent"/>.</summary>
internal sealed class Document
{
    /// <summary>The id, ordered by creation time.</summary>
    public required Guid Id { get; init; }

    /// <summary>The owner, the only customer who can read it.</summary>
    public required string CustomerId { get; init; }

    /// <summary>The order of an invoice.</summary>
    public Guid? OrderId { get; init; }

    public required DocumentKind Kind { get; init; }

    /// <summary>The size of the image's file, in bytes.</summary>
    public required int Size { get; init; }

    /// <summary>The image's width, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The image's height, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The SHA-256 of the image's file, in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The order's lines; empty for an upload.</summary>
    public List<DocumentLine> Lines { get; init; } = [];
}
