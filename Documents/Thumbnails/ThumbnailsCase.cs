using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.Thumbnails;

/// <summary>A static dictionary of thumbnails.</summary>
internal sealed class ThumbnailsCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "Thumbnails",
        Service = "documents",
        Summary = "a map of thumbnails without a bound: 8 GB after 100,000 images",
        Article = new("Production Examples: Real-World Memory Leak Cases", "Case Study 2: Image Processing Service",
            "100,000 thumbnails of 80 KB in 8 GB, hit rate 65 %, p99 800 ms due to GC pauses", IsSlow: true),
        FedBy = "GET /documents/{id}/thumbnail",
        RetentionPath = "static LeakyThumbnails._thumbnails → LeakyThumbnails.CachedThumbnail.Png",
        PublishedFix = PublishedFix.TestsOnly,
        // The thumbnail of an image of 128 × 128 random pixels, which cannot be compressed.
        Evidence = new Retained(BytesPerOperation: 58_200, typeof(LeakyThumbnails.CachedThumbnail)),
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Services.AddOptions<ThumbnailOptions>().BindConfiguration(ThumbnailOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        @case.Services.AddSingleton<ThumbnailFolder>().AddSingleton<ThumbnailRenderer>();
        @case.Variants<IThumbnails, LeakyThumbnails, FixedThumbnails>();
    }
}
