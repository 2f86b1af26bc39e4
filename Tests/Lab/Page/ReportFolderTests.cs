using Shop.Lab;
using Shop.Lab.Cases;
using Shop.Lab.Page.Cases.Proofs;
using Shop.Lab.Proof.Defects;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Report;

namespace Shop.Tests.Lab.Page;

/// <summary>Reading the reports that the proof writes.</summary>
public sealed class ReportFolderTests : IDisposable
{
    private static readonly DateTimeOffset Measured = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TheCheckedInReportHasEveryCase()
    {
        foreach (var study in CaseStudies.All)
        {
            var proven = await ReportFolder.CheckedIn.ReadAsync(study.Id, Cancellation);
            var chart = await ReportFolder.CheckedIn.ReadChartAsync(study.Id, Cancellation);

            Assert.Equal((study.Id, study.Evidence.Unit), (proven!.Case, proven.Unit));
            Assert.NotEmpty(proven.Variants);
            // The settings have no series.
            Assert.Equal(study.Variants.Count > 0, chart is not null);
            Assert.Equal(chart is not null, new ChartData(study, proven).Rows.Any());
        }
        Assert.Contains("cores", await ReportFolder.CheckedIn.ReadMachineAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheProofWritesIsReadBack()
    {
        var study = CaseStudies.Find("DocumentEvents")!;
        var leaky = new VariantResult("Leaky", new Interval(1200, 1100, 1300), Finding.Grows, Finding.Grows)
        {
            Roots = new NamedRoots(["singleton <Bus>"], study.RetentionPath),
            Details = new Dictionary<string, string> { ["operations"] = "400" },
            Series = [(0, 10_240), (100, 20_480)],
        };
        var @fixed = new VariantResult("Fixed", new Interval(1, 0, 2), Finding.Inconclusive, Finding.Flat);
        DefectTest[] defects = [new("DocumentEventsTests.A", true), new("DocumentEventsTests.B", false)];
        var result = new CaseResult(study, [leaky, @fixed], null, defects, 21, Measured);
        await ProofReport.WriteAsync(_folder, [result], Cancellation);

        var proof = await RunProof.ReadAsync(_folder, study.Id, Cancellation);

        var proven = proof!.Case;
        Assert.Equal((result.Verdict, false, 300, 21, Measured),
            (proven.Verdict, proven.IsProven, proven.Threshold, proven.Seconds, proven.Measured!.Value));
        Assert.Equal(result.Defects, proven.Defects);
        Assert.Equal(leaky.Value, proven.Variants[0].Value);
        Assert.Equal(("Grows", "singleton <Bus>"), (proven.Variants[0].FindingText, proven.Variants[0].RootText));
        Assert.Equal(("Inconclusive, not Flat", "not diagnosed"), (proven.Variants[1].FindingText, proven.Variants[1].RootText));
        Assert.StartsWith("data:image/svg+xml;base64,", proof.ChartAddress, StringComparison.Ordinal);
        // In KB since the first window, as in the chart.
        Assert.Equal([["0", "0"], ["100", "10"]], new ChartData(study, proven).Rows);
        Assert.Contains(
            "The proof took 21 s, measured on 2026-03-01.",
            await File.ReadAllTextAsync(Path.Combine(_folder, ProofReport.FileName), Cancellation), StringComparison.Ordinal);
        Assert.Null(await RunProof.ReadAsync(_folder, "Reports", Cancellation));
    }

    [Fact]
    public async Task AMissingReportHasNoProofAndADamagedOneSaysSo()
    {
        var report = new ReportFolder(_folder);
        Assert.Null(await report.ReadAsync("DocumentEvents", Cancellation));
        Assert.Null(await report.ReadChartAsync("DocumentEvents", Cancellation));
        Assert.Null(await report.ReadMachineAsync(Cancellation));

        await File.WriteAllTextAsync(Path.Combine(_folder, ProofReport.JsonName), """[{"case":"DocumentEvents"}]""", Cancellation);
        await Assert.ThrowsAsync<LabException>(() => report.ReadAsync("DocumentEvents", Cancellation));
    }
}
