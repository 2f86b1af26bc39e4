using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.Previews;

/// <summary>A static dictionary of rendered previews.</summary>
internal sealed class PreviewsCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "Previews",
        Service = "documents",
        Summary = "a static dictionary of strings of 10 KB: collections run and release nothing",
        Article = new("Memory Management and Patterns in ASP.NET Core", "Eternal references",
            "strings of 10 K characters in a static collection: the working set increases constantly, collections of generation 2 cannot "
            + "stop it; where nothing is kept it is stable"),
        FedBy = "GET /documents/{id}/preview",
        RetentionPath = "static LeakyPreviews._previews → LeakyPreviews.CachedPreview.Text → String",
        PublishedFix = PublishedFix.TestsOnly,
        Evidence = new Retained(BytesPerOperation: 20_600, typeof(LeakyPreviews.CachedPreview)),
    };

    public static void Register(CaseBuilder @case) => @case.Variants<IPreviews, LeakyPreviews, FixedPreviews>();
}
