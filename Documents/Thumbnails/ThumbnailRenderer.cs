using Shop.Documents.Imaging;
using SkiaSharp;

namespace Shop.Documents.Thumbnails;

/// <summary>
/// Renders thumbnails, each in a scope of its own: several requests may wait for one rendering, which may outlive the request that started
/// it and that request's database context.
/// </summary>
internal sealed class ThumbnailRenderer(IServiceScopeFactory scopes)
{
    /// <summary>Reads the document's image, scales it and encodes it as PNG.</summary>
    public async ValueTask<byte[]> RenderAsync(DocumentView document, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        using var image = await scope.ServiceProvider.GetRequiredService<DocumentImages>().ScaleAsync(document, cancellationToken);
        using var png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }
}
