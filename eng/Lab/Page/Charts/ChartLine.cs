using System.Diagnostics.CodeAnalysis;

namespace Shop.Lab.Page.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">Its name in the legend; empty if it is the only one.</param>
/// <param name="Values">Its values, the oldest first.</param>
public sealed record ChartLine(string Name, IReadOnlyList<ChartValue> Values)
{
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(3);

    /// <summary>The last value; null if there is none.</summary>
    public double? Last => Values.Count > 0 ? Values[^1].Value : null;

    /// <summary>The line in parts without a gap: nothing is known of the time in which nothing was measured.</summary>
    [SuppressMessage("Performance", "CA1851", Justification = "A list is enumerated.")]
    public IReadOnlyList<IReadOnlyList<ChartValue>> Parts()
    {
        var parts = new List<IReadOnlyList<ChartValue>>();
        var part = new List<ChartValue>();
        foreach (var value in Values.Where(value => value.Value is not null))
        {
            if (part.Count > 0 && value.Time - part[^1].Time > Gap)
            {
                parts.Add(part);
                part = [];
            }
            part.Add(value);
        }
        if (part.Count > 0)
            parts.Add(part);
        return parts;
    }

    /// <summary>The last value of each minute, for the table.</summary>
    public IReadOnlyDictionary<DateTime, double?> ByMinute()
        => Values.GroupBy(value => Minute(value.Time)).ToDictionary(minute => minute.Key, minute => minute.Last().Value);

    private static DateTime Minute(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), time.Kind);
}
