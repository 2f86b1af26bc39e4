using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderSummary;

/// <summary>The orders of a day, loaded to be counted and added.</summary>
internal sealed class OrderSummaryCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "OrderSummary",
        Service = "orders",
        Summary = "all orders of a day loaded to be counted and added: the peak grows with the day",
        Article = new("Memory Management in Production: Avoiding the Silent Killers",
            "Issue #1: The .NET Memory Leak That Nearly Killed Black Friday",
            "the database aggregates instead of all orders in memory; without figures"),
        FedBy = "GET /orders/summary?day=",
        Evidence = new Peak(BytesPerRow: 3_100),
    };

    public static void Register(CaseBuilder @case) => @case.Variants<IOrderSummary, LeakyOrderSummary, FixedOrderSummary>();
}
