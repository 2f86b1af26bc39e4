namespace Shop.ServiceDefaults.Cases;

/// <content>The cases of Orders.</content>
public static partial class CaseCatalog
{
    /// <summary>A static dictionary of order events that nobody empties.</summary>
    public static CaseStudy OrderEvents { get; } = new()
    {
        Id = "OrderEvents",
        Service = "orders",
        Kind = CaseKind.Retained,
        Seed = new("000", "Issue #1: The .NET Memory Leak That Nearly Killed Black Friday", "2.1 million OrderEvent objects in 8 hours, 3.8 GB of dictionary entries, OutOfMemoryException"),
        FedBy = "POST /orders and the order's status changes",
        Symptom = "The heap after GC rises with each order, over hours, until the process runs out of memory; a restart starts it anew.",
        RetentionPath = "static LeakyOrderEvents._events → ConcurrentDictionary buckets → List<OrderEvent> → OrderEvent → Order",
        PublishedDefect = "The memory cache bounds the orders, not the events of one; a full one refuses the newest order; events recorded at once are lost with a second list or within the one.",
        Bound = "A bounded cache of bounded rings, least used orders leave first; the order's row tells what has left.",
        Variants = [CaseVariant.Leaky, CaseVariant.Published, CaseVariant.Fixed],
        Evidence = new(BytesPerOperation: 1_450, TrackedTypes: ["Shop.Orders.OrderEvents.OrderEvent", "Shop.Orders.Data.Order"]),
        FuseItems = FuseBytes / 1_450,
    };
}
