namespace Shop.Documents.Thumbnails;

/// <summary>
/// Identifies a thumbnail by its document and by the document's content: a document whose content changes gets another thumbnail.
/// </summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Sha256">The SHA-256 of the image's file, in lower-case hexadecimal.</param>
internal readonly record struct ThumbnailKey(Guid DocumentId, string Sha256)
{
    /// <summary>The name of the thumbnail's file.</summary>
    public string FileName => $"{DocumentId:N}-{Sha256}";
}
