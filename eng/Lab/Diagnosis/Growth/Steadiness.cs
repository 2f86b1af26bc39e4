namespace Shop.Lab.Diagnosis.Growth;

/// <summary>Tells growth from a burst or a warm-up, which stop.</summary>
internal sealed class Steadiness
{
    // Of what an interval would grow by on average, the least that is still growth.
    private const double LeastShare = 0.25;
    private readonly double[] _shares;

    /// <summary>The first interval of a busy machine, in which the tool itself starts, is several times as long as the next.</summary>
    /// <param name="times">When each value was measured, the earliest first; in any unit.</param>
    public Steadiness(IReadOnlyList<double> times)
        => _shares = [.. times.Zip(times.Skip(1), (from, to) => (to - from) / (times[^1] - times[0]))];

    /// <summary>Whether the values, the earliest first, grew in every interval.</summary>
    public bool IsSteady(IReadOnlyList<long> values)
    {
        var least = LeastShare * (values[^1] - values[0]);
        var steps = values.Zip(values.Skip(1), (before, after) => after - before);
        return values[^1] > values[0] && steps.Zip(_shares).All(step => step.First >= least * step.Second);
    }
}
