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
}
