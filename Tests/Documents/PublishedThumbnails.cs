using Microsoft.Extensions.Configuration;
using Shop.Documents;
using Shop.Documents.Thumbnails;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Documents;

/// <summary>
/// The article's fix: "bigcache" with "200 KB max per entry", and in front of it, as its alternative shows, an LRU of "100 MB".
/// </summary>
internal sealed class PublishedThumbnails(IConfiguration configuration) : IThumbnails, ICaseState
{
    private const int Shards = 1024;

    // DEFECT: the size is a number of entries, so the "100 MB" are 104,857,600 thumbnails: the LRU never evicts.
    private readonly EntryLru _memory = new(configuration.CapacityOf(ThumbnailsCase.Study, 2_560) * FixedThumbnails.TypicalBytes);

    // DEFECT: "200 KB max per entry" is a hint of 200 bytes, from which the first allocation is computed; nothing limits an entry.
    private readonly BigCacheShard _cache = new(maxEntriesInWindow: 1000 * 10 * 60 / Shards, maxEntrySize: 200, hardMaxBytes: 512 * 1024);

    public long HeldItems => _memory.Count;

    public void Reset()
    {
        _memory.Clear();
        _cache.Clear();
    }

    public async ValueTask<byte[]> FindAsync(
        DocumentView document, Func<DocumentView, CancellationToken, ValueTask<byte[]>> render, CancellationToken cancellationToken)
    {
        if (_memory.Get(document.DocumentId) is { } first)
            return first;
        if (_cache.Get(document.DocumentId) is { } second)
        {
            _memory.Add(document.DocumentId, second);
            return second;
        }
        // DEFECT: no single flight: each of many concurrent requests for a new image finds nothing and renders it.
        var png = await render(document, cancellationToken);
        _cache.Set(document.DocumentId, png);
        _memory.Add(document.DocumentId, png);
        return png;
    }
}
