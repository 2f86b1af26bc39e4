namespace Shop.Lab.Diagnosis.Growth;

/// <summary>Tells growth from a burst or a warm-up, which stop.</summary>
internal static class Steadiness
{
    // Of what an interval would grow by on average, the least that is still growth.
    private const double LeastShare = 0.25;

    /// <summary>Whether the values, the earliest first, grew in every interval.</summary>
    public static bool IsSteady(IReadOnlyList<long> values)
    {
        var least = LeastShare * (values[^1] - values[0]) / (values.Count - 1);
        return values[^1] > values[0] && values.Zip(values.Skip(1), (before, after) => after - before).All(step => step >= least);
    }
}
