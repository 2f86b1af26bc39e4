using Shop.Lab.Sizing.Policies;

namespace Shop.Lab.Sizing;

/// <summary>What a trace says of the size of its cache.</summary>
internal sealed record SizeReport
{
    private const int Halvings = 8;
    private const int StepsPerDoubling = 4;
    // What another doubling would bring is not worth its memory.
    private const double Plateau = 0.01;

    private SizeReport(KeyTrace trace) => Trace = trace;

    /// <summary>The requests.</summary>
    public KeyTrace Trace { get; }

    /// <summary>The share of the keys that the LRU column used, 0 to 1.</summary>
    public double SampledShare { get; private init; }

    /// <summary>The hit rates, the smallest size first; the last size has room for every key.</summary>
    public required IReadOnlyList<SizeRow> Rows { get; init; }

    /// <summary>Whether a cache with room for every key has a hit.</summary>
    public bool HasHits => Rows[^1].Sieve > 0;

    /// <summary>The smallest size at which SIEVE, the Shop's policy, is within a percentage point of the size for all keys.</summary>
    public required int PlateauSize { get; init; }

    /// <summary>The plateau or, if the budget has no room for it, what fits.</summary>
    public required int Recommended { get; init; }

    /// <summary>SIEVE's share of hits at the recommended size, 0 to 1.</summary>
    public required double RecommendedHitRate { get; init; }

    /// <summary>The article's methods.</summary>
    public required IReadOnlyList<ArticleMethod> Methods { get; init; }

    /// <summary>Reads a trace.</summary>
    /// <param name="hashes">The hashes of the requested keys; at least two.</param>
    /// <param name="entryBytes">The bytes of an entry.</param>
    /// <param name="budget">The bytes that the cache may take.</param>
    /// <param name="memory">The bytes of the container.</param>
    public static SizeReport Of(ReadOnlySpan<uint> hashes, double entryBytes, long budget, long memory)
    {
        var trace = new KeyTrace(hashes);
        var lru = LruCurve.Of(hashes, trace);
        var counts = trace.CountsDescending();
        var plateau = FindPlateau(trace);
        var recommended = (int)Math.Clamp(budget / entryBytes, 1, plateau);
        return new(trace)
        {
            SampledShare = lru.Share,
            Rows = [.. Sizes(trace).Select(size => SizeRow.Of(trace, lru, counts, size))],
            PlateauSize = plateau,
            Recommended = recommended,
            RecommendedHitRate = Sieve(trace, recommended),
            Methods = ArticleMethod.All(trace, lru, counts, memory, entryBytes),
        };
    }

    private static IEnumerable<int> Sizes(KeyTrace trace)
        => Enumerable.Range(0, Halvings + 1).Select(step => Math.Max(1, trace.Distinct >> (Halvings - step))).Distinct();

    private static int FindPlateau(KeyTrace trace)
    {
        var best = Sieve(trace, trace.Distinct);
        return Enumerable.Range(0, (Halvings * StepsPerDoubling) + 1)
            .Select(step => Math.Max(1, (int)(trace.Distinct * Math.Pow(2, ((double)step / StepsPerDoubling) - Halvings)))).Distinct()
            .First(size => Sieve(trace, size) >= best - Plateau);
    }

    private static double Sieve(KeyTrace trace, int size) => trace.HitRate(new SievePolicy(size).Request);
}
