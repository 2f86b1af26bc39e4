namespace Shop.Documents.Data;

/// <summary>A document's image file, in a table of its own: no query of the metadata can load it by accident.</summary>
internal sealed class DocumentContent
{
    public required Guid DocumentId { get; init; }

    public required byte[] Bytes { get; init; }
}
