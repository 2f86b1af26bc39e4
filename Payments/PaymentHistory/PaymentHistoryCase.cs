using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.PaymentHistory;

/// <summary>A list of all charges in a singleton, of which only the latest are read.</summary>
internal sealed class PaymentHistoryCase : ICase
{
    /// <summary>The number of charges whose share of declined ones is published: those of a minute at 20 orders a second.</summary>
    public const int Latest = 1_000;

    public static CaseStudy Study { get; } = new()
    {
        Id = "PaymentHistory",
        Service = "payments",
        Summary = "a list of all charges in a singleton: each keeps its whole message",
        Article = new("Memory Management in Production: Avoiding the Silent Killers",
            "Issue #2: .NET Garbage Collection Nightmares",
            "memory pressure from unbounded list growth; without figures of its own"),
        FedBy = "each charge",
        RetentionPath = "singleton LeakyPaymentHistory._transactions → PaymentTransaction.Order → OrderPlaced",
        Evidence = new Retained(BytesPerOperation: 550, typeof(PaymentTransaction), typeof(OrderPlaced)),
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Services.AddHostedService<PaymentHistoryMetrics>();
        @case.Variants<IPaymentHistory, LeakyPaymentHistory, FixedPaymentHistory>();
    }
}
