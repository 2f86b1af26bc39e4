using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.Thumbnails;

/// <summary>
/// Bounded in bytes, to 16 MB in memory and to <see cref="ThumbnailOptions.DiskBytes"/> on disk; a new thumbnail evicts a rarely used one
/// from memory and the longest unused ones from disk. Concurrent requests for a thumbnail share one rendering.
/// </summary>
internal sealed class FixedThumbnails : IThumbnails, ICaseState
{
    /// <summary>The maximum size of a cached thumbnail; a larger one is rendered for each request.</summary>
    public const int MaxEntryBytes = 200 * 1024;

    /// <summary>The size for which the capacity, a number of thumbnails, is converted to bytes.</summary>
    public const int TypicalBytes = 40 * 1024;

    /// <summary>About what an entry takes beside its PNG: key, entry, and the headers of the objects.</summary>
    public const int OverheadBytes = 400;

    private const int TypicalThumbnails = 400;

    private readonly BoundedCache<ThumbnailKey, byte[]> _memory;
    private readonly ThumbnailFolder _folder;

    public FixedThumbnails(IConfiguration configuration, ThumbnailFolder folder, CacheMetrics metrics)
    {
        // FIX: bounded in bytes, each entry too; evicting is safe because a thumbnail can be read from disk or rendered again.
        _memory = new(new()
        {
            Capacity = (long)configuration.CapacityOf(ThumbnailsCase.Study, TypicalThumbnails) * TypicalBytes,
            WeightOf = (_, png) => png.Length + OverheadBytes,
            MaxEntryWeight = MaxEntryBytes + OverheadBytes,
        });
        _folder = folder;
        metrics.Observe("thumbnails", _memory);
    }

    public long HeldItems => _memory.Count;

    public void Reset()
    {
        _memory.Clear();
        _folder.Clear();
    }

    public ValueTask<byte[]> FindAsync(
        DocumentView document, Func<DocumentView, CancellationToken, ValueTask<byte[]>> render, CancellationToken cancellationToken)
        => _memory.GetOrAddAsync(new(document.DocumentId, document.Sha256), async (key, token) =>
        {
            if (await _folder.FindAsync(key, token) is { } found)
                return found;
            var png = await render(document, token);
            if (png.Length <= MaxEntryBytes)
                await _folder.WriteAsync(key, png, token);
            return png;
        }, cancellationToken);
}
