namespace Shop.ServiceDefaults.Cases;

/// <content>The cases of Payments.</content>
public static partial class CaseCatalog
{
    /// <summary>A large JSON body as a string and then as an array.</summary>
    public static CaseStudy PaymentPayload { get; } = new()
    {
        Id = "PaymentPayload",
        Service = "payments",
        Kind = CaseKind.Allocated,
        Seed = new("000", "Issue #2: .NET Garbage Collection Nightmares", "Gen2 collections every 30 s of 400 to 600 ms, P95 650 ms, from JSON on the large object heap", IsSlow: true),
        FedBy = "each charge",
        Symptom = "The heap stays level, but large orders allocate on the large object heap: Gen2 collections and pauses follow the charges.",
        PublishedDefect = "A rented 4,096-byte buffer is the body: smaller bodies end with what its last user left in it, larger ones throw; options made per call; a StringBuilder rented for nothing.",
        Bound = "The serializer's pooled buffer of about 16 KB, whatever the size of the order; it goes to the request's stream whenever it is nearly full.",
        Variants = [CaseVariant.Leaky, CaseVariant.Fixed],
        Evidence = new(BytesPerOperation: 266_000, TrackedTypes: []),
        // Nothing is held between charges, so there is nothing that could trip.
        FuseItems = 0,
    };
}
