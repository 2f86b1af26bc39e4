using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.Thumbnails;

/// <summary>
/// <c>static LeakyThumbnails._thumbnails → LeakyThumbnails.CachedThumbnail.Png</c>: the PNG of every document whose thumbnail was ever
/// requested.
/// </summary>
internal sealed class LeakyThumbnails(TimeProvider time) : IThumbnails, ICaseState
{
    private static readonly ConcurrentDictionary<Guid, CachedThumbnail> _thumbnails = new();

    public long HeldItems => _thumbnails.Count;

    public void Reset() => _thumbnails.Clear();

    [SuppressMessage("Memory", "SHOP1001", Justification = "The incident: 8 GB after 100,000 images.")]
    public async ValueTask<byte[]> FindAsync(
        DocumentView document, Func<DocumentView, CancellationToken, ValueTask<byte[]>> render, CancellationToken cancellationToken)
    {
        if (_thumbnails.TryGetValue(document.DocumentId, out var cached))
            return cached.Png;
        var png = await render(document, cancellationToken);
        // LEAK: the dictionary is static and has no bound, neither in entries nor in bytes, so every thumbnail is retained for the life of
        // the process.
        _thumbnails[document.DocumentId] = new CachedThumbnail(png, time.GetUtcNow());
        return png;
    }

    internal sealed record CachedThumbnail(byte[] Png, DateTimeOffset RenderedAt);
}
