using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.DocumentEvents;

/// <summary>An event handler that is never removed.</summary>
internal sealed class DocumentEventsCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "DocumentEvents",
        Service = "documents",
        Summary = "an event handler that is never removed: 12,441 live middleware instances",
        Article = new("Case Study: Memory Leak in Production — Finding It with dotnet-dump and dotMemory",
            "Root Cause 2: Event Handler Never Unsubscribed",
            "12,441 live RequestTracingMiddleware instances, 3,981,120 bytes, hidden behind a first leak",
            Author: "Asma Hafeez Khan"),
        FedBy = "every request to documents",
        RetentionPath = "singleton DocumentEventBus.DocumentProcessed → "
            + "EventHandler<DocumentProcessed> (LeakyDocumentEvents.RequestTracingMiddleware.OnDocumentProcessed) → "
            + "LeakyDocumentEvents.RequestTracingMiddleware.Trace → RequestTrace",
        PublishedFix = PublishedFix.Switchable,
        Evidence = new Retained(BytesPerOperation: 1_200, typeof(LeakyDocumentEvents.RequestTracingMiddleware), typeof(RequestTrace)),
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Services.AddSingleton<DocumentEventBus>();
        @case.Variants<IDocumentEvents, LeakyDocumentEvents, PublishedDocumentEvents, FixedDocumentEvents>();
    }
}
