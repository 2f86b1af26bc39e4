using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.Previews;

/// <summary>
/// Bounded to <see cref="MaxPreviews"/> of 10,240 characters, 4 MB; a new preview evicts a rarely used one. A preview is released ten
/// minutes after its last use.
/// </summary>
internal sealed class FixedPreviews : IPreviews, ICaseState
{
    /// <summary>Customers look at what they have just bought: those of about a minute at 10 orders a second.</summary>
    public const int MaxPreviews = 200;

    /// <summary>How long a preview is kept after its last use.</summary>
    public static readonly TimeSpan Unused = TimeSpan.FromMinutes(10);

    private readonly BoundedCache<Guid, string> _previews;

    public FixedPreviews(IConfiguration configuration, TimeProvider time, CacheMetrics metrics)
    {
        // FIX: bounded in number and, as all have the same length, in bytes; evicting is safe because a preview can be rendered again.
        _previews = new(new()
        {
            Capacity = configuration.CapacityOf(PreviewsCase.Study, MaxPreviews),
            SlidingExpiration = Unused,
            Time = time,
        });
        metrics.Observe("previews", _previews);
    }

    public long HeldItems => _previews.Count;

    public void Reset() => _previews.Clear();

    public async ValueTask<string> FindAsync(
        Guid documentId, Func<CancellationToken, ValueTask<string>> render, CancellationToken cancellationToken)
    {
        if (_previews.TryGet(documentId, out var cached))
            return cached;
        // Not shared with concurrent callers: it uses this request's database context, which is disposed with the request.
        var text = await render(cancellationToken);
        _previews.Set(documentId, text);
        return text;
    }
}
