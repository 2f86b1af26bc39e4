using Shop.Orders.Data;
using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderRepository;

/// <summary>One tracking context for all requests.</summary>
internal sealed class OrderRepositoryCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "OrderRepository",
        Service = "orders",
        Summary = "one DbContext for all requests: it tracks each order that was ever read, and answers with its old status",
        Article = new("Memory Management in Production: Avoiding the Silent Killers",
            "Issue #4: Entity Framework Connection Pool Memory Leaks",
            "long-lived DbContext instances that hold connections and change tracking data; no figures"),
        FedBy = "GET /orders/{id}",
        RetentionPath = "singleton LeakyOrderRepository._db → OrdersDb._dbContextDependencies → … → InternalEntityEntry",
        PublishedFix = PublishedFix.TestsOnly,
        Evidence = new Retained(BytesPerOperation: 2_500, typeof(Order), typeof(OrderItem)),
    };

    public static void Register(CaseBuilder @case) => @case.Variants<IOrderRepository, LeakyOrderRepository, FixedOrderRepository>();
}
