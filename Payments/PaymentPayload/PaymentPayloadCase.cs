using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.PaymentPayload;

/// <summary>A large JSON body that is allocated as a string and then as an array.</summary>
internal sealed class PaymentPayloadCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "PaymentPayload",
        Service = "payments",
        Summary = "a large body as a string, then as an array: Gen2 collections every 30 s",
        Article = new("Memory Management in Production: Avoiding the Silent Killers",
            "Issue #2: .NET Garbage Collection Nightmares",
            "Gen2 collections every 30 s of 400 to 600 ms, P95 650 ms, from JSON on the large object heap", IsSlow: true),
        FedBy = "each charge",
        PublishedFix = PublishedFix.TestsOnly,
        Evidence = new Allocated(BytesPerOperation: 266_000),
    };

    public static void Register(CaseBuilder @case) => @case.Variants<IPaymentPayload, LeakyPaymentPayload, FixedPaymentPayload>();
}
