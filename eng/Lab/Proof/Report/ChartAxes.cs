using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Report;

/// <summary>How the chart of a kind shows its series.</summary>
/// <param name="Horizontal">The title of the horizontal axis.</param>
/// <param name="Vertical">The title of the vertical axis.</param>
/// <param name="Divisor">The measured units in one unit of the vertical axis.</param>
/// <param name="FromStart">Whether the series count from their first value: the service's own size would hide the growth.</param>
internal sealed record ChartAxes(string Horizontal, string Vertical, double Divisor, bool FromStart)
{
    private const double Kilobyte = 1024;

    public static ChartAxes Of(CaseEvidence evidence) => evidence switch
    {
        Retained => new("operations", "KB alive since the first window", Kilobyte, FromStart: true),
        Allocated => new("operations", "KB allocated per operation", Kilobyte, FromStart: false),
        Peak => new("rows", "KB of peak live heap", Kilobyte, FromStart: false),
        Handles => new("operations", "handles left since the first window", 1, FromStart: true),
        _ => new("kills", evidence.Unit, 1, FromStart: false),
    };
}
