namespace Shop.Lab.Page.Cases.Proofs;

/// <summary>What a run has proven.</summary>
/// <param name="Case">The case.</param>
/// <param name="Chart">Its chart as SVG; null if it has none.</param>
internal sealed record RunProof(ProvenCase Case, string? Chart)
{
    /// <summary>The chart as an address; null if there is none.</summary>
    public string? ChartAddress => Chart is null ? null : CaseChart.AddressWith(Chart);

    /// <summary>Reads it from the folder of the run's report; null if the run has written none.</summary>
    /// <exception cref="LabException">The report cannot be read.</exception>
    public static async Task<RunProof?> ReadAsync(string folder, string id, CancellationToken cancellationToken)
    {
        var report = new ReportFolder(folder);
        return await report.ReadAsync(id, cancellationToken) is { } proven
            ? new(proven, await report.ReadChartAsync(id, cancellationToken))
            : null;
    }
}
