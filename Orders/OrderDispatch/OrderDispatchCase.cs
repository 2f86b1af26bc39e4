using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderDispatch;

/// <summary>An order's message that exists only in memory.</summary>
internal sealed class OrderDispatchCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "OrderDispatch",
        Service = "orders",
        Summary = "fire and forget: what was accepted with 202 is lost when the process is killed",
        Article = new("Memory Management in Production: Avoiding the Silent Killers",
            "Issue #1: The .NET Memory Leak That Nearly Killed Black Friday",
            "fire and forget background processing, Task.Run per order; no figures"),
        FedBy = "POST /orders",
        PublishedFix = PublishedFix.Switchable,
        Evidence = new Loss(PerKill: 50, IsPublishedLossy: true),
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Variants<IOrderDispatch, LeakyOrderDispatch, PublishedOrderDispatch, FixedOrderDispatch>();
        // The instance that requests write to, not a second one.
        @case.Services.AddHostedService(services
            => (PublishedOrderDispatch)services.GetRequiredKeyedService<IOrderDispatch>(CaseVariant.Published));
    }
}
