using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.Downloads;

/// <summary>A new array for each download.</summary>
internal sealed class DownloadsCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "Downloads",
        Service = "documents",
        Summary = "a new array for each download: a collection about every second",
        Article = new("Memory Management and Patterns in ASP.NET Core", "Object pooling",
            "an array for each request: collections of generation 0 about every second; with a pool much fewer; no figures"),
        FedBy = "GET /documents/{id}/content",
        PublishedFix = PublishedFix.TestsOnly,
        Evidence = new Allocated(BytesPerOperation: 197_000),
    };

    public static void Register(CaseBuilder @case) => @case.Variants<IDownloads, LeakyDownloads, FixedDownloads>();
}
