using Shop.Orders.Data;
using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderEvents;

/// <summary>A static dictionary of order events that is never cleared.</summary>
internal sealed class OrderEventsCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "OrderEvents",
        Service = "orders",
        Summary = "a static dictionary that is never cleared: 2.1 million events in 8 hours",
        Article = new("Memory Management in Production: Avoiding the Silent Killers",
            "Issue #1: The .NET Memory Leak That Nearly Killed Black Friday",
            "2.1 million OrderEvent objects in 8 hours, 3.8 GB of dictionary entries, OutOfMemoryException"),
        FedBy = "POST /orders and the order's status changes",
        Symptom = "The heap after GC grows with each order, over hours, until the process runs out of memory; after a restart it "
            + "grows again.",
        RetentionPath = "static LeakyOrderEvents._events → ConcurrentDictionary buckets → List<OrderEvent> → OrderEvent → Order",
        PublishedFix = PublishedFix.Switchable,
        PublishedDefect = "The memory cache bounds the number of orders, but not the events of an order; a full cache refuses the newest "
            + "order; concurrently recorded events are lost, because two lists are created or one list is corrupted.",
        Bound = "A bounded cache of bounded ring buffers that evicts the least used orders; evicted events are read from the order's row.",
        Evidence = new Retained(BytesPerOperation: 730, typeof(OrderEvent), typeof(Order)),
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Services.AddMemoryCache(options => PublishedOrderEvents.Configure(options, @case.Configuration));
        @case.Variants<IOrderEvents, LeakyOrderEvents, PublishedOrderEvents, FixedOrderEvents>();
    }
}
