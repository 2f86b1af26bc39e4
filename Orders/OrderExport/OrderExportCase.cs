using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderExport;

/// <summary>An export that loads every order before it sends the first.</summary>
internal sealed class OrderExportCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "OrderExport",
        Service = "orders",
        Summary = "an export that loads every order before it sends the first",
        Article = new("Memory Management in Production: Avoiding the Silent Killers",
            "Best Practices: The .NET Memory Management Playbook",
            "ToListAsync of all orders is \"Bad: loads all orders\"; no figure"),
        FedBy = "GET /orders/export",
        PublishedFix = PublishedFix.TestsOnly,
        Evidence = new Peak(BytesPerRow: 3_800),
    };

    public static void Register(CaseBuilder @case) => @case.Variants<IOrderExport, LeakyOrderExport, FixedOrderExport>();
}
