using Microsoft.IO;
using Shop.Documents.Data;
using SkiaSharp;

namespace Shop.Documents.Imaging;

/// <summary>Reads the images of documents. The caller has checked the owner.</summary>
internal sealed class DocumentImages(DocumentsDb db, ContentBuffers buffers, ImageDecoder decoder)
{
    /// <summary>Reads the image's file; the caller disposes it.</summary>
    public Task<RecyclableMemoryStream> ReadAsync(DocumentView document, CancellationToken cancellationToken)
        => db.ReadContentAsync(document, buffers, cancellationToken);

    /// <summary>Reads the image and scales it to the size of a thumbnail; the caller disposes it.</summary>
    public async Task<SKBitmap> ScaleAsync(DocumentView document, CancellationToken cancellationToken)
    {
        using var content = await ReadAsync(document, cancellationToken);
        return await decoder.ScaleAsync(content, cancellationToken);
    }
}
