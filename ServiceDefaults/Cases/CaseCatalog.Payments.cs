namespace Shop.ServiceDefaults.Cases;

/// <content>The cases of Payments.</content>
public static partial class CaseCatalog
{
    /// <summary>A large JSON body that is allocated as a string and then as an array.</summary>
    public static CaseStudy PaymentPayload { get; } = new()
    {
        Id = "PaymentPayload",
        Service = "payments",
        Kind = CaseKind.Allocated,
        Article = new("000", SilentKillersArticle, "Issue #2: .NET Garbage Collection Nightmares",
            "Gen2 collections every 30 s of 400 to 600 ms, P95 650 ms, from JSON on the large object heap", IsSlow: true),
        FedBy = "each charge",
        Symptom = "The heap does not grow, but charges of large orders allocate on the large object heap and trigger Gen2 collections.",
        PublishedDefect = "A rented 4,096-byte buffer is the body: smaller bodies end with data of the buffer's previous user, larger ones "
            + "throw; the serializer options are created per call; a StringBuilder is rented and never used.",
        Bound = "The serializer's pooled buffer of about 16 KB, whatever the size of the order; it is flushed to the request's stream whenever "
            + "it is nearly full.",
        Variants = [CaseVariant.Leaky, CaseVariant.Fixed],
        Evidence = new(BytesPerOperation: 266_000, TrackedTypes: []),
        // Nothing is retained between charges, so the fuse cannot trip.
        FuseItems = 0,
    };
}
