namespace Shop.ServiceDefaults.Cases;

/// <content>The cases of Orders.</content>
public static partial class CaseCatalog
{
    /// <summary>A static dictionary of order events that is never cleared.</summary>
    public static CaseStudy OrderEvents { get; } = new()
    {
        Id = "OrderEvents",
        Service = "orders",
        Kind = CaseKind.Retained,
        Article = new("000", SilentKillersArticle, "Issue #1: The .NET Memory Leak That Nearly Killed Black Friday",
            "2.1 million OrderEvent objects in 8 hours, 3.8 GB of dictionary entries, OutOfMemoryException"),
        FedBy = "POST /orders and the order's status changes",
        Symptom = "The heap after GC grows with each order, over hours, until the process runs out of memory; after a restart it grows again.",
        RetentionPath = "static LeakyOrderEvents._events → ConcurrentDictionary buckets → List<OrderEvent> → OrderEvent → Order",
        PublishedDefect = "The memory cache bounds the number of orders, but not the events of an order; a full cache refuses the newest "
            + "order; concurrently recorded events are lost, because two lists are created or one list is corrupted.",
        Bound = "A bounded cache of bounded ring buffers that evicts the least used orders; evicted events are read from the order's row.",
        Variants = [CaseVariant.Leaky, CaseVariant.Published, CaseVariant.Fixed],
        Evidence = new(BytesPerOperation: 1_450, TrackedTypes: ["Shop.Orders.OrderEvents.OrderEvent", "Shop.Orders.Data.Order"]),
        FuseItems = FuseBytes / 1_450,
    };
}
