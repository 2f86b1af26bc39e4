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
        Symptom = "The heap does not grow, but charges of large orders allocate on the large object heap and trigger Gen2 collections.",
        PublishedFix = PublishedFix.TestsOnly,
        PublishedDefect = "A rented 4,096-byte buffer is the body: smaller bodies end with data of the buffer's previous user, larger ones "
            + "throw; the serializer options are created per call; a StringBuilder is rented and never used.",
        Bound = "The serializer's pooled buffer of about 16 KB, whatever the size of the order; it is flushed to the request's stream "
            + "whenever it is nearly full.",
        Evidence = new Allocated(BytesPerOperation: 266_000),
    };

    public static void Register(CaseBuilder @case) => @case.Variants<IPaymentPayload, LeakyPaymentPayload, FixedPaymentPayload>();
}
