namespace Shop.Documents.Thumbnails;

/// <summary>The rendered thumbnails of documents.</summary>
internal interface IThumbnails
{
    /// <summary>Returns the thumbnail's PNG from a cache or renders it. The caller has checked the document's owner.</summary>
    ValueTask<byte[]> FindAsync(
        DocumentView document, Func<DocumentView, CancellationToken, ValueTask<byte[]>> render, CancellationToken cancellationToken);
}
