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
        RetentionPath = "static LeakyOrderEvents._events → List<OrderEvent> → OrderEvent.Order → Order",
        PublishedFix = PublishedFix.Switchable,
        Evidence = new Retained(BytesPerOperation: 730, typeof(OrderEvent), typeof(Order)),
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Services.AddMemoryCache(options => PublishedOrderEvents.Configure(options, @case.Configuration));
        @case.Variants<IOrderEvents, LeakyOrderEvents, PublishedOrderEvents, FixedOrderEvents>();
    }
}
