using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Sizing;

/// <summary>A case whose Fixed is a cache.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Cache">The cache's name in its metrics.</param>
internal sealed record SizedCase(string CaseId, string Cache)
{
    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<SizedCase> All =
    [
        new("CustomerLookup", "gateway-customers"),
        new("DocumentCache", "documents"),
        new("Previews", "previews"),
        new("SessionStore", "sessions"),
        new("Thumbnails", "thumbnails"),
    ];

    /// <summary>The case's facts.</summary>
    public CaseStudy Study => CaseStudies.Find(CaseId)!;

    /// <summary>The case of an id, in any case of letters.</summary>
    public static SizedCase Find(string id) => All.Single(sized => sized.CaseId.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The bytes of an entry: the mean of those in the cache or, where it counts entries, what one operation of Leaky retains.
    /// </summary>
    public double EntryBytes(CacheState cache)
        => cache is { Bytes: { } bytes, Entries: > 0 } ? (double)bytes / cache.Entries : Study.Evidence.Expected!.Value;
}
