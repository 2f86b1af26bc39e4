namespace Shop.Lab.Sizing;

/// <summary>The requests of a cache: each key is a number from 0 up, in the order of its first request.</summary>
internal sealed class KeyTrace
{
    // Until then caches are filled; their misses say nothing of their size.
    private const int WarmUpShare = 4;

    public KeyTrace(ReadOnlySpan<uint> hashes)
    {
        var numbers = new Dictionary<uint, int>();
        Keys = new int[hashes.Length];
        for (var index = 0; index < hashes.Length; index++)
        {
            if (!numbers.TryGetValue(hashes[index], out var number))
                numbers[hashes[index]] = number = numbers.Count;
            Keys[index] = number;
        }
        Distinct = numbers.Count;
    }

    /// <summary>The requested keys.</summary>
    public int[] Keys { get; }

    /// <summary>The number of different keys.</summary>
    public int Distinct { get; }

    /// <summary>The number of requests at the beginning that only fill a cache; hits are counted after them.</summary>
    public int WarmUp => Keys.Length / WarmUpShare;

    /// <summary>The number of requests whose hits are counted.</summary>
    public int Measured => Keys.Length - WarmUp;

    /// <summary>How often each key is requested after the warm-up, the most frequent first.</summary>
    public IReadOnlyList<int> CountsDescending()
    {
        var counts = new int[Distinct];
        foreach (var key in Keys.AsSpan(WarmUp))
            counts[key]++;
        Array.Sort(counts, (one, other) => other.CompareTo(one));
        return counts;
    }

    /// <summary>The share of hits of a policy after the warm-up, 0 to 1.</summary>
    public double HitRate(Func<int, bool> request)
    {
        var hits = 0;
        for (var index = 0; index < Keys.Length; index++)
        {
            if (request(Keys[index]) && index >= WarmUp)
                hits++;
        }
        return (double)hits / Measured;
    }
}
