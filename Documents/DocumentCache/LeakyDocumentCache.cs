using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentCache;

/// <summary>
/// <c>static LeakyDocumentCache._entries → LeakyDocumentCache.DocumentCacheEntry.Document → DocumentView</c>: the metadata of every
/// document that was ever read.
/// </summary>
internal sealed class LeakyDocumentCache(TimeProvider time) : IDocumentCache, ICaseState
{
    private static readonly ConcurrentDictionary<Guid, DocumentCacheEntry> _entries = new();

    public long HeldItems => _entries.Count;

    public void Reset() => _entries.Clear();

    [SuppressMessage("Memory", "SHOP1001", Justification = "The incident: 89,210 entries where 500 were expected.")]
    public async ValueTask<DocumentView?> FindAsync(
        Guid id, Func<Guid, CancellationToken, ValueTask<DocumentView?>> load, CancellationToken cancellationToken)
    {
        if (_entries.TryGetValue(id, out var entry))
            return entry.Document;
        var document = await load(id, cancellationToken);
        // LEAK: the dictionary is static and has neither bound nor expiry, so every document is retained for the life of the process.
        if (document is not null)
            _entries[id] = new DocumentCacheEntry(document, time.GetUtcNow());
        return document;
    }

    internal sealed record DocumentCacheEntry(DocumentView Document, DateTimeOffset StoredAt);
}
