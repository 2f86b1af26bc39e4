namespace Shop.ServiceDefaults.Cases;

/// <content>The cases of Documents.</content>
public static partial class CaseCatalog
{
    /// <summary>An event handler that is never removed.</summary>
    public static CaseStudy DocumentEvents { get; } = new()
    {
        Id = "DocumentEvents",
        Service = "documents",
        Kind = CaseKind.Retained,
        Seed = new("001", "Root Cause 2: Event Handler Never Unsubscribed", "12,441 live RequestTracingMiddleware instances, 3,981,120 bytes, hidden behind a first leak"),
        FedBy = "every request to documents",
        Symptom = "The heap after GC rises with each request, and each event takes longer: it runs every handler that was ever subscribed.",
        RetentionPath = "DocumentEventBus.DocumentProcessed → EventHandler<DocumentProcessed>[] → RequestTracingMiddleware → RequestTrace",
        PublishedDefect = "Subscribing per request copies the whole invocation list each time, and every request in flight also gets the events of the others.",
        Bound = "One subscriber for the life of the process; a request's trace lives as long as its request.",
        Variants = [CaseVariant.Leaky, CaseVariant.Published, CaseVariant.Fixed],
        Evidence = new(BytesPerOperation: 1_200, TrackedTypes: ["Shop.Documents.DocumentEvents.LeakyDocumentEvents+RequestTracingMiddleware", "Shop.Documents.DocumentEvents.RequestTrace"]),
        FuseItems = FuseBytes / 1_200,
    };

    /// <summary>A static cache without a bound.</summary>
    public static CaseStudy DocumentCache { get; } = new()
    {
        Id = "DocumentCache",
        Service = "documents",
        Kind = CaseKind.Retained,
        Seed = new("001", "Root Cause 1: Unbounded Static Cache", "89,210 DocumentCacheEntry instances where at most 500 belong; 180 to 600 MB within a day, then killed: 8 to 12 s restart, about 20 requests dropped"),
        FedBy = "GET /documents/{id}",
        Symptom = "The heap after GC rises with each document that is read for the first time; CPU and latency stay flat until the collector runs all the time.",
        RetentionPath = "static LeakyDocumentCache._entries → ConcurrentDictionary nodes → DocumentCacheEntry → DocumentView",
        PublishedDefect = "A full MemoryCache refuses new documents and keeps the old ones, loses count where Set and Remove race, and the gauge that confirms the fix reads the dictionary that the fix has emptied.",
        Bound = "500 documents; each leaves 30 minutes after its last use, and 2 hours after it was read.",
        Variants = [CaseVariant.Leaky, CaseVariant.Published, CaseVariant.Fixed],
        Evidence = new(BytesPerOperation: 425, TrackedTypes: ["Shop.Documents.DocumentCache.LeakyDocumentCache+DocumentCacheEntry", "Shop.Documents.DocumentView"]),
        FuseItems = FuseBytes / 425,
    };
}
