namespace Shop.Tests.Caching;

/// <summary>
/// Requested keys in a Zipf distribution: the k-th most popular has the weight 1 / k^skew. The same seed gives the same trace.
/// </summary>
internal static class ZipfTrace
{
    public static int[] Create(int seed, double skew, int keys, int length)
    {
        var cumulative = new double[keys];
        var sum = 0.0;
        for (var rank = 0; rank < keys; rank++)
            cumulative[rank] = sum += 1 / Math.Pow(rank + 1, skew);
        var random = new Random(seed);
        // The ranks are assigned to shuffled keys, so popular keys are not adjacent.
        var names = Enumerable.Range(0, keys).ToArray();
        random.Shuffle(names);
        var trace = new int[length];
        for (var i = 0; i < length; i++)
        {
            var found = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            trace[i] = names[found < 0 ? ~found : found];
        }
        return trace;
    }
}
