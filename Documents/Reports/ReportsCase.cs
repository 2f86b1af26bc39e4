using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.Reports;

/// <summary>A large array for each report.</summary>
internal sealed class ReportsCase : ICase
{
    /// <summary>The size of a buffer that a report fits in, unless its order has hundreds of lines: then the buffer grows.</summary>
    public const int UsualBytes = 1_100_000;

    public static CaseStudy Study { get; } = new()
    {
        Id = "Reports",
        Service = "documents",
        Summary = "an array of 1 MB for each report: the large object heap fills, and each time all generations are collected",
        Article = new("Memory Management in Production: Avoiding the Silent Killers",
            "Issue #5: Large Object Heap (LOH) Pressure",
            "a 1 MB array for each report, which is collected less frequently; without figures of its own"),
        FedBy = "GET /documents/{id}/report",
        PublishedFix = PublishedFix.Switchable,
        Evidence = new Allocated(BytesPerOperation: 1_100_000),
    };

    public static void Register(CaseBuilder @case) => @case.Variants<IReports, LeakyReports, PublishedReports, FixedReports>();
}
