namespace Shop.Documents.Data;

/// <summary>Where a document comes from.</summary>
internal enum DocumentKind
{
    /// <summary>Made by the Shop when an order was paid.</summary>
    Invoice,

    /// <summary>Sent by the customer.</summary>
    Upload,
}

/// <summary>A document's metadata; its image is a <see cref="DocumentContent"/>.</summary>
internal sealed class Document
{
    /// <summary>The id, in the order of creation.</summary>
    public required Guid Id { get; init; }

    /// <summary>The owner: nobody else sees it.</summary>
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

    /// <summary>What was ordered; empty for an upload.</summary>
    public List<DocumentLine> Lines { get; init; } = [];
}

/// <summary>One line of an invoice.</summary>
internal sealed class DocumentLine
{
    /// <summary>The line's place on the invoice, from 1.</summary>
    public required int Position { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public required int Quantity { get; init; }

    /// <summary>In euros.</summary>
    public required decimal UnitPrice { get; init; }
}
