namespace Shop.Lab.Sizing;

/// <summary>
/// The hit rates of an LRU cache of every size, by one pass over a trace (Mattson et al., 1970): a request hits if the number of different
/// keys since the last request of its key, that key included, is at most the size.
/// </summary>
internal sealed class StackDistances
{
    private readonly double[] _hitRates;

    /// <param name="trace">The requests.</param>
    public StackDistances(KeyTrace trace)
    {
        var hits = new long[trace.Distinct + 1];
        var last = new int[trace.Distinct];
        Array.Fill(last, -1);
        // 1 at the last request of each key so far; a Fenwick tree, whose sums take as many steps as its length has bits.
        var latest = new int[trace.Keys.Length + 1];
        for (var index = 0; index < trace.Keys.Length; index++)
        {
            var previous = last[trace.Keys[index]];
            if (previous >= 0)
            {
                if (index >= trace.WarmUp)
                    hits[Sum(latest, index) - Sum(latest, previous)]++;
                Add(latest, previous, -1);
            }
            Add(latest, index, 1);
            last[trace.Keys[index]] = index;
        }
        _hitRates = new double[trace.Distinct + 1];
        var sum = 0L;
        for (var size = 1; size <= trace.Distinct; size++)
        {
            sum += hits[size];
            _hitRates[size] = (double)sum / trace.Measured;
        }
    }

    /// <summary>The share of hits of an LRU cache of so many entries, 0 to 1.</summary>
    public double HitRate(long size) => _hitRates[Math.Min(size, _hitRates.Length - 1)];

    // The sum of the elements before the index.
    private static int Sum(int[] tree, int index)
    {
        var sum = 0;
        for (; index > 0; index &= index - 1)
            sum += tree[index];
        return sum;
    }

    private static void Add(int[] tree, int index, int value)
    {
        for (index++; index < tree.Length; index += index & -index)
            tree[index] += value;
    }
}
