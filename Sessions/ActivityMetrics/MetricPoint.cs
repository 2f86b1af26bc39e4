namespace Shop.Sessions.ActivityMetrics;

/// <summary>A point as in the incident: one for each activity, with a dictionary of its tags.</summary>
internal sealed record MetricPoint(DateTimeOffset Timestamp, double Value, IReadOnlyDictionary<string, string> Tags)
{
    private const string SkuTag = "sku";

    /// <summary>A point that counts one activity.</summary>
    public static MetricPoint Of(DateTimeOffset timestamp, string? sku)
        => new(timestamp, 1, sku is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [SkuTag] = sku });

    /// <summary>Whether the point is counted for the product; each is counted for null.</summary>
    public bool Concerns(string? sku) => sku is null || (Tags.TryGetValue(SkuTag, out var own) && own == sku);
}
