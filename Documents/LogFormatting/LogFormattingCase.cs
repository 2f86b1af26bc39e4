using System.Text;
using Microsoft.Extensions.ObjectPool;
using Shop.ServiceDefaults.Cases;

namespace Shop.Documents.LogFormatting;

/// <summary>A line of the audit log that is concatenated from strings.</summary>
internal sealed class LogFormattingCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "LogFormatting",
        Service = "documents",
        Summary = "a log line concatenated from strings: each part, and each intermediate line, is garbage",
        Article = new("Memory Management in Production: Avoiding the Silent Killers",
            "Issue #6: String Allocation and StringBuilder Optimization",
            "each concatenation creates a new string; without figures of its own"),
        FedBy = "every request to documents",
        PublishedFix = PublishedFix.Switchable,
        // The published fix saves more than half of the bytes and is none nevertheless.
        Evidence = new Allocated(BytesPerOperation: 1_100) { ThresholdShare = 0.2 },
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Services.AddSingleton<ObjectPool<StringBuilder>>(_ => new DefaultObjectPoolProvider().CreateStringBuilderPool());
        @case.Services.AddSingleton<AuditLog>();
        @case.Services.AddHostedService(services => services.GetRequiredService<AuditLog>());
        @case.Variants<ILogFormatting, LeakyLogFormatting, PublishedLogFormatting, FixedLogFormatting>();
    }
}
