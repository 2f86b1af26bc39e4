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
        RetentionPath = "static LeakyDocumentCache._entries → LeakyDocumentCache.DocumentCacheEntry.Document → DocumentView",
        PublishedFix = PublishedFix.Switchable,
        Evidence = new Retained(BytesPerOperation: 425, typeof(LeakyDocumentCache.DocumentCacheEntry), typeof(DocumentView)),
    };

    public static void Register(CaseBuilder @case)
        => @case.Variants<IDocumentCache, LeakyDocumentCache, PublishedDocumentCache, FixedDocumentCache>();
}
