namespace Shop.Documents.Data;

/// <summary>A document's image file, in its own table, so that no query of the metadata loads it by accident.</summary>
internal sealed class DocumentContent
{
    public required Guid DocumentId { get; init; }

    public required byte[] Bytes { get; init; }
}
