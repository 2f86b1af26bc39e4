using System.Collections.Concurrent;
using Shop.Documents.Previews;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Documents;

/// <summary>
/// The article's fix: "use the WeakReference class in order to keep a reference on an object that can still be collected under memory
/// pressure. This is what the default implementation of IMemoryCache does".
/// </summary>
internal sealed class PublishedPreviews : IPreviews, ICaseState
{
    private readonly ConcurrentDictionary<Guid, WeakReference<string>> _previews = new();

    public long HeldItems => _previews.Count;

    public void Reset() => _previews.Clear();

    public async ValueTask<string> FindAsync(
        Guid documentId, Func<CancellationToken, ValueTask<string>> render, CancellationToken cancellationToken)
    {
        if (_previews.TryGetValue(documentId, out var cached) && cached.TryGetTarget(out var text))
            return text;
        text = await render(cancellationToken);
        // DEFECT: memory pressure plays no part: the next collection takes every preview, however often it is used.
        // DEFECT: only the text is collected: its entry, with a WeakReference and its handle, stays for the life of the process.
        _previews[documentId] = new WeakReference<string>(text);
        return text;
    }
}
