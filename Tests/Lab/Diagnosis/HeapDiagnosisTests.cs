using System.Text.RegularExpressions;
using Microsoft.Diagnostics.NETCore.Client;
using Shop.Lab;
using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Report;

namespace Shop.Tests.Lab.Diagnosis;

[Collection(nameof(ProveTests))]
[Part(Part.Proofs)]
public sealed partial class HeapDiagnosisTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    /// <summary>All at once in one process: none hides another, and nothing healthy is accused.</summary>
    [Fact]
    public async Task EachLeakIsNamedByItsRootAndNothingElseIs()
    {
        if (TestProcess.Argument is { } path)
        {
            await LeakUntilKilledAsync(path);
            return;
        }
        await using var process = await StartLeakingAsync();

        var report = await DiagnoseAsync($"{process.Id}");

        AssertNamed(report);
        Assert.All(report.Snapshots, snapshot => Assert.NotNull(snapshot.PauseMilliseconds));
    }

    [Fact]
    public async Task TwoDumpsTellTheSame()
    {
        await using var process = await StartLeakingAsync();
        var client = new DiagnosticsClient(process.Id);
        await client.WriteDumpAsync(DumpType.WithHeap, PathOf("1"), logDumpGeneration: false, Cancellation);
        await WaitForLeaksAsync();
        await client.WriteDumpAsync(DumpType.WithHeap, PathOf("2"), logDumpGeneration: false, Cancellation);

        AssertNamed(await DiagnoseAsync(PathOf("1"), PathOf("2")));
    }

    [Theory]
    [InlineData("999999999", "is not running")]
    [InlineData("/no/such/dump", "The dump /no/such/dump cannot be read")]
    [InlineData("/etc/passwd", "The dump /etc/passwd cannot be read")]
    public async Task WhatCannotBeReadIsSaidInOneLine(string target, string error)
    {
        var result = await LabProcess.RunAsync("diagnose", target);

        Assert.Equal(CommandLine.Unreadable, result.ExitCode);
        Assert.Contains(error, Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The process adds a byte for each 200 objects of a shape.
    private string LeakedFile => PathOf("leaked");

    private string PathOf(string file) => Path.Combine(_folder, file);

    private async Task<LabProcess> StartLeakingAsync()
    {
        await File.WriteAllTextAsync(LeakedFile, "", Cancellation);
        var process = LabProcess.Start(
            "dotnet", TestProcess.Command(GetType(), nameof(EachLeakIsNamedByItsRootAndNothingElseIs)), TestProcess.Variable(LeakedFile));
        await WaitForLeaksAsync();
        return process;
    }

    private async Task WaitForLeaksAsync()
    {
        var before = Leaked();
        await Eventually.ReadAsync(() => Task.FromResult(Leaked()), leaked => leaked > before, "the process to leak");

        long Leaked() => new FileInfo(LeakedFile).Length;
    }

    private static void AssertNamed(DiagnosisReport report)
    {
        var found = report.Growths.ToLookup(growth => growth.Verdict);
        Assert.Equal(
            string.Join('\n', LeakShapes.Traces.Order(StringComparer.Ordinal)),
            string.Join('\n', found[Verdict.Leak].Select(TraceOf).Order(StringComparer.Ordinal)));
        Assert.All(HealthyShapes.Bounds, bound
            => Assert.Single(found[Verdict.CannotTell], growth => growth.Explanation.EndsWith(bound, StringComparison.Ordinal)));
        Assert.Equal(HealthyShapes.Bounds.Count, found[Verdict.CannotTell].Count());
    }

    // By the command: it attaches, which only a process may that has not started the other.
    private async Task<DiagnosisReport> DiagnoseAsync(params string[] targets)
    {
        var (exitCode, output, error) = await LabProcess.RunAsync(["diagnose", .. targets, "--report", PathOf("report.json")]);
        Assert.True(exitCode == 1, $"{output}{error}");
        return DiagnosisFiles.Read(PathOf("report.json"));
    }

    private static async Task LeakUntilKilledAsync(string leaked)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (await timer.WaitForNextTickAsync(Cancellation))
        {
            for (var item = 0; item < 200; item++)
            {
                LeakShapes.Add();
                HealthyShapes.Add();
            }
            await File.AppendAllTextAsync(leaked, ".", Cancellation);
        }
    }

    private static string TraceOf(DiagnosedGrowth growth)
        => Count().Replace(growth.Trace, "[n]").Replace($"{nameof(LeakShapes)}.", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\[[\d,]+\]")]
    private static partial Regex Count();
}
