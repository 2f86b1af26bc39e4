using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.Previews;

/// <summary>
/// <c>static LeakyPreviews._previews → LeakyPreviews.CachedPreview.Text → String</c>: the text of every document that was ever previewed,
/// 20 KB each.
/// </summary>
internal sealed class LeakyPreviews(TimeProvider time) : IPreviews, ICaseState
{
    private static readonly ConcurrentDictionary<Guid, CachedPreview> _previews = new();

    public long HeldItems => _previews.Count;

    public void Reset() => _previews.Clear();

    [SuppressMessage("Memory", "SHOP1001", Justification = "The incident: strings that no collection can release.")]
    public async ValueTask<string> FindAsync(
        Guid documentId, Func<CancellationToken, ValueTask<string>> render, CancellationToken cancellationToken)
    {
        if (_previews.TryGetValue(documentId, out var cached))
            return cached.Text;
        var text = await render(cancellationToken);
        // LEAK: the dictionary is static and nothing is ever removed from it, so no collection can release a preview.
        _previews[documentId] = new CachedPreview(text, time.GetUtcNow());
        return text;
    }

    internal sealed record CachedPreview(string Text, DateTimeOffset RenderedAt);
}
