using Shop.Documents.Data;
using SkiaSharp;

namespace Shop.Documents.Imaging;

/// <summary>Reads the images of documents. The caller has checked the owner.</summary>
internal sealed class DocumentImages(DocumentsDb db, ContentBuffers buffers, ImageDecoder decoder)
{
    /// <summary>Reads the image's file into a stream and rewinds it.</summary>
    public Task ReadAsync(DocumentView document, Stream content, CancellationToken cancellationToken)
        => db.ReadContentAsync(document, content, cancellationToken);

    /// <summary>Reads the image and scales it to the size of a thumbnail; the caller disposes it.</summary>
    public async Task<SKBitmap> ScaleAsync(DocumentView document, CancellationToken cancellationToken)
    {
        using var content = buffers.GetStream();
        await ReadAsync(document, content, cancellationToken);
        return await decoder.ScaleAsync(content, cancellationToken);
    }
}
