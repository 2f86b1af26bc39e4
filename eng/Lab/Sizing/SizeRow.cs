using Shop.Lab.Sizing.Policies;

namespace Shop.Lab.Sizing;

/// <summary>The share of hits, 0 to 1, of a cache of one size by its policy.</summary>
internal sealed record SizeRow(int Size, double Lru, double Sieve, double S3Fifo, double WTinyLfu, double BestStatic, double Belady)
{
    /// <summary>Replays a trace through each policy.</summary>
    public static SizeRow Of(KeyTrace trace, LruCurve lru, IReadOnlyList<int> counts, int size) => new(
        size,
        lru.HitRate(size),
        trace.HitRate(new SievePolicy(size).Request),
        trace.HitRate(new S3FifoPolicy(size).Request),
        trace.HitRate(new WTinyLfuPolicy(size).Request),
        (double)counts.Take(size).Sum() / trace.Measured,
        trace.HitRate(new BeladyPolicy(trace.Keys, size).Request));
}
