namespace Shop.ServiceDefaults.Cases;

/// <content>The cases of Documents.</content>
public static partial class CaseCatalog
{
    private const string DotnetDumpArticle = "Case Study: Memory Leak in Production — Finding It with dotnet-dump and dotMemory";

    /// <summary>An event handler that is never removed.</summary>
    public static CaseStudy DocumentEvents { get; } = new()
    {
        Id = "DocumentEvents",
        Service = "documents",
        Kind = CaseKind.Retained,
        Article = new("001", DotnetDumpArticle, "Root Cause 2: Event Handler Never Unsubscribed",
            "12,441 live RequestTracingMiddleware instances, 3,981,120 bytes, hidden behind a first leak"),
        FedBy = "every request to documents",
        Symptom = "The heap after GC grows with each request, and each event takes longer: it runs every handler that was ever subscribed.",
        RetentionPath = "DocumentEventBus.DocumentProcessed → EventHandler<DocumentProcessed>[] → RequestTracingMiddleware → RequestTrace",
        PublishedDefect = "Each subscription and unsubscription copies the whole invocation list, and every request in flight also receives "
            + "the events of all others.",
        Bound = "One subscription for the lifetime of the process; a request's trace lives as long as its request.",
        Variants = [CaseVariant.Leaky, CaseVariant.Published, CaseVariant.Fixed],
        Evidence = new(BytesPerOperation: 1_200, TrackedTypes:
            ["Shop.Documents.DocumentEvents.LeakyDocumentEvents+RequestTracingMiddleware", "Shop.Documents.DocumentEvents.RequestTrace"]),
        FuseItems = FuseBytes / 1_200,
    };

    /// <summary>A static cache without a bound.</summary>
    public static CaseStudy DocumentCache { get; } = new()
    {
        Id = "DocumentCache",
        Service = "documents",
        Kind = CaseKind.Retained,
        Article = new("001", DotnetDumpArticle, "Root Cause 1: Unbounded Static Cache",
            "89,210 DocumentCacheEntry instances where at most 500 were expected; 180 to 600 MB within a day, then killed: 8 to 12 s restart, "
            + "about 20 requests dropped"),
        FedBy = "GET /documents/{id}",
        Symptom = "The heap after GC grows with each document that is read for the first time; CPU and latency stay flat until the process "
            + "spends most of its time in GC.",
        RetentionPath = "static LeakyDocumentCache._entries → ConcurrentDictionary nodes → DocumentCacheEntry → DocumentView",
        PublishedDefect = "A full MemoryCache refuses new documents and keeps the old ones, its size drifts when Set and Remove race, and the "
            + "gauge that should confirm the fix reads the dictionary that the fix no longer fills.",
        Bound = "500 documents; each expires 30 minutes after its last use and 2 hours after it was loaded.",
        Variants = [CaseVariant.Leaky, CaseVariant.Published, CaseVariant.Fixed],
        Evidence = new(BytesPerOperation: 425, TrackedTypes:
            ["Shop.Documents.DocumentCache.LeakyDocumentCache+DocumentCacheEntry", "Shop.Documents.DocumentView"]),
        FuseItems = FuseBytes / 425,
    };
}
