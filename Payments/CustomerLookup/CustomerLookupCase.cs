using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.CustomerLookup;

/// <summary>A static dictionary of customers.</summary>
internal sealed class CustomerLookupCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "CustomerLookup",
        Service = "payments",
        Summary = "a static dictionary of customers, each loaded once and never again",
        Article = new("Memory Management in Production: Avoiding the Silent Killers",
            "Issue #2: .NET Garbage Collection Nightmares",
            "customers cached for at most 5 minutes in a cache of 100,000 entries; without figures of its own"),
        FedBy = "each charge",
        RetentionPath = "static LeakyCustomerLookup._customers → GatewayCustomer.PaymentMethods → List<PaymentMethod> → PaymentMethod",
        PublishedFix = PublishedFix.TestsOnly,
        Evidence = new Retained(BytesPerOperation: 1_400, typeof(GatewayCustomer), typeof(PaymentMethod)),
    };

    public static void Register(CaseBuilder @case) => @case.Variants<ICustomerLookup, LeakyCustomerLookup, FixedCustomerLookup>();
}
