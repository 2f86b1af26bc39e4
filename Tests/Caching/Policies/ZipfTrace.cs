namespace Shop.Tests.Caching.Policies;

/// <summary>Keys asked for with Zipf's frequencies: the k-th most popular with 1 / k^skew. The same seed gives the same trace.</summary>
internal static class ZipfTrace
{
    public static int[] Create(int seed, double skew, int keys, int length)
    {
        var cumulated = new double[keys];
        var sum = 0.0;
        for (var rank = 0; rank < keys; rank++)
            cumulated[rank] = sum += 1 / Math.Pow(rank + 1, skew);
        var random = new Random(seed);
        // Popular keys are not neighbours: the ranks are dealt to shuffled keys.
        var names = Enumerable.Range(0, keys).ToArray();
        random.Shuffle(names);
        var trace = new int[length];
        for (var i = 0; i < length; i++)
        {
            var found = Array.BinarySearch(cumulated, random.NextDouble() * sum);
            trace[i] = names[found < 0 ? ~found : found];
        }
        return trace;
    }
}
