namespace Shop.Documents.Previews;

/// <summary>The rendered previews of documents. A document is immutable, so a preview needs no invalidation.</summary>
internal interface IPreviews
{
    /// <summary>Returns the preview from memory or renders it. The caller has checked the document's owner.</summary>
    ValueTask<string> FindAsync(
        Guid documentId, Func<CancellationToken, ValueTask<string>> render, CancellationToken cancellationToken);
}
