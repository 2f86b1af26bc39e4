namespace Shop.Sessions.ActivityMetrics;

/// <summary>Counts the customers' activities, each metric in total and by product.</summary>
internal interface IActivityMetrics
{
    /// <summary>Counts an activity at the current time. It never fails: a request must not fail because of statistics.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="sku">The product that it concerns; null if none.</param>
    void Record(string metric, string? sku);

    /// <summary>
    /// Returns the counts of the minutes that start in the window from <paramref name="from"/> (inclusive) to <paramref name="to"/>
    /// (exclusive), so that adjacent windows count every activity once.
    /// </summary>
    /// <param name="metric">The metric.</param>
    /// <param name="sku">The product; null for all activities of the metric.</param>
    /// <param name="from">The start.</param>
    /// <param name="to">The end.</param>
    ActivityReading Read(string metric, string? sku, DateTimeOffset from, DateTimeOffset to);
}
