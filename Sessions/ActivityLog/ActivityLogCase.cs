using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.ActivityLog;

/// <summary>An unbounded queue before a slow sink.</summary>
internal sealed class ActivityLogCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "ActivityLog",
        Service = "sessions",
        Summary = "an unbounded queue before a log that is slower than the customers",
        Article = new("Production Examples: Real-World Memory Leak Cases", "Case Study 5: Log Processing Pipeline",
            "named in the article's contents only; without text and figures of its own"),
        FedBy = "cart changes",
        RetentionPath = "singleton LeakyActivityLog._queue → CartActivity",
        Evidence = new Retained(BytesPerOperation: 190, typeof(CartActivity)),
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Services.AddSingleton<ActivityStream>();
        @case.Services.AddSingleton<ActivityLogMetrics>();
        @case.Variants<IActivityLog, LeakyActivityLog, FixedActivityLog>();
        // Each writes its own queue, also after the other was selected.
        @case.Services.AddHostedService(services => (LeakyActivityLog)services.GetRequiredKeyedService<IActivityLog>(CaseVariant.Leaky));
        @case.Services.AddHostedService(services => (FixedActivityLog)services.GetRequiredKeyedService<IActivityLog>(CaseVariant.Fixed));
    }
}
