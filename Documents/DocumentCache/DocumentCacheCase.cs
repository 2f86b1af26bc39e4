using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentCache;

/// <summary>A static cache without a bound.</summary>
internal sealed class DocumentCacheCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "DocumentCache",
        Service = "documents",
        Summary = "a static cache without a bound: 89,210 entries where at most 500 were expected",
        Article = new("Case Study: Memory Leak in Production — Finding It with dotnet-dump and dotMemory",
            "Root Cause 1: Unbounded Static Cache",
            "89,210 DocumentCacheEntry instances where at most 500 were expected; 180 to 600 MB within a day, then killed: "
            + "8 to 12 s restart, about 20 requests dropped",
            Author: "Asma Hafeez Khan"),
        FedBy = "GET /documents/{id}",
        Symptom = "The heap after GC grows with each document that is read for the first time; CPU and latency stay flat until the process "
            + "spends most of its time in GC.",
        RetentionPath = "static LeakyDocumentCache._entries → ConcurrentDictionary nodes → DocumentCacheEntry → DocumentView",
        PublishedFix = PublishedFix.Switchable,
        PublishedDefect = "A full MemoryCache refuses new documents and keeps the old ones, its size drifts when Set and Remove race, and "
            + "the gauge that should confirm the fix reads the dictionary that the fix no longer fills.",
        Bound = "500 documents; each expires 30 minutes after its last use and 2 hours after it was loaded.",
        Evidence = new Retained(BytesPerOperation: 425, typeof(LeakyDocumentCache.DocumentCacheEntry), typeof(DocumentView)),
    };

    public static void Register(CaseBuilder @case)
        => @case.Variants<IDocumentCache, LeakyDocumentCache, PublishedDocumentCache, FixedDocumentCache>();
}
