namespace Shop.Lab.Sizing;

/// <summary>A method of the article "Memory Patterns in Go", cache sizing strategies, on the same trace.</summary>
/// <param name="Name">Its name there.</param>
/// <param name="Size">The number of entries that it recommends.</param>
/// <param name="Claimed">The share of hits that it promises, 0 to 1; null if it promises none.</param>
/// <param name="HitRate">The share of hits of the article's LRU cache of that size.</param>
internal sealed record ArticleMethod(string Name, long Size, double? Claimed, double HitRate)
{
    private const double HotShare = 0.8;
    private const double HotFactor = 2;
    private const double WorkingSetClaim = 0.9;
    private const double BudgetShare = 0.25;
    private const double Plateau = 0.01;

    /// <summary>Its three methods.</summary>
    /// <param name="trace">The requests.</param>
    /// <param name="lru">The hit rates of LRU.</param>
    /// <param name="counts">How often each key is requested, the most frequent first.</param>
    /// <param name="memory">The container's memory in bytes.</param>
    /// <param name="entryBytes">The bytes of an entry.</param>
    public static IReadOnlyList<ArticleMethod> All(
        KeyTrace trace, LruCurve lru, IReadOnlyList<int> counts, long memory, double entryBytes)
    {
        var workingSet = (long)(HotFactor * HotKeys(trace, counts));
        var budget = (long)(BudgetShare * memory / entryBytes);
        var (tested, rate) = Test(trace, lru);
        return
        [
            new("working set: twice the keys of 80 % of the requests", workingSet, WorkingSetClaim, lru.HitRate(workingSet)),
            new("memory budget: a quarter of the container", budget, null, lru.HitRate(budget)),
            new("performance test: the power of ten where it levels", tested, rate, lru.HitRate(tested)),
        ];
    }

    private static int HotKeys(KeyTrace trace, IReadOnlyList<int> counts)
    {
        var (keys, requests) = (0, 0L);
        while (keys < counts.Count && requests < HotShare * trace.Measured)
            requests += counts[keys++];
        return keys;
    }

    // Its benchmark counts from the first request on, when the cache is empty.
    private static (long Size, double Rate) Test(KeyTrace trace, LruCurve lru)
    {
        var size = 10L;
        while (size < trace.Distinct && lru.HitRate(size * 10) - lru.HitRate(size) > Plateau)
            size *= 10;
        var policy = new Policies.LruPolicy((int)Math.Min(size, trace.Distinct));
        return (size, (double)trace.Keys.Count(policy.Request) / trace.Keys.Length);
    }
}
