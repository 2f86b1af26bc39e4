using System.Runtime.InteropServices;

namespace Shop.Lab.Sizing;

/// <summary>
/// The hit rate of an LRU cache by its size: exact or, of very many keys, from a sample of the keys, whose distances are scaled (SHARDS,
/// Waldspurger et al., 2015).
/// </summary>
internal sealed class LruCurve
{
    /// <summary>The number of keys above which a sample is taken.</summary>
    public const int MaxKeys = 1024 * 1024;

    private readonly KeyTrace _sample;
    private readonly StackDistances _distances;
    private readonly double _expected;

    private LruCurve(KeyTrace sample, double share, double expected)
        => (_sample, _distances, Share, _expected) = (sample, new(sample), share, expected);

    /// <summary>The share of the keys that was used, 0 to 1.</summary>
    public double Share { get; }

    /// <summary>The curve of a trace.</summary>
    /// <param name="hashes">The hashes of the requested keys.</param>
    /// <param name="trace">The same requests.</param>
    /// <param name="maxKeys">The number of keys above which a sample is taken.</param>
    public static LruCurve Of(ReadOnlySpan<uint> hashes, KeyTrace trace, int maxKeys = MaxKeys)
    {
        if (trace.Distinct <= maxKeys)
            return new(trace, 1, trace.Measured);
        var share = (double)maxKeys / trace.Distinct;
        var sample = new List<uint>();
        foreach (var hash in hashes)
        {
            if (Mix(hash) < share * uint.MaxValue)
                sample.Add(hash);
        }
        return new(new KeyTrace(CollectionsMarshal.AsSpan(sample)), share, share * trace.Measured);
    }

    /// <summary>The share of hits of a cache of so many entries, 0 to 1.</summary>
    public double HitRate(long size)
    {
        // The sample may lack some of the most frequent keys, or have too many of them. Their requests are hits at almost every size.
        var hits = (_distances.HitRate((long)Math.Round(size * Share)) * _sample.Measured) + _expected - _sample.Measured;
        return Math.Clamp(hits / _expected, 0, 1);
    }

    // The cache has used the bits of a hash for its own purposes.
    private static uint Mix(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
