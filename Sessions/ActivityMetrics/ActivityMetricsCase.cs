using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.ActivityMetrics;

/// <summary>Metrics in memory, of which every point is kept.</summary>
internal sealed class ActivityMetricsCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "ActivityMetrics",
        Service = "sessions",
        Summary = "metrics in memory that keep every point, with its tags: 86 million a day, 20 GB",
        Article = new("Production Examples: Real-World Memory Leak Cases", "Case Study 3: Metrics Aggregation System",
            "86 million points a day, 50 million in 20 GB, queries of 2 to 5 s; 400 MB and 20 to 100 ms after the fix"),
        FedBy = "cart changes and page views",
        RetentionPath = "static LeakyActivityMetrics._metrics → List<MetricPoint> → MetricPoint.Tags → Dictionary<String, String>",
        PublishedFix = PublishedFix.Switchable,
        Evidence = new Retained(BytesPerOperation: 140, typeof(MetricPoint)),
    };

    public static void Register(CaseBuilder @case)
        => @case.Variants<IActivityMetrics, LeakyActivityMetrics, PublishedActivityMetrics, FixedActivityMetrics>();
}
