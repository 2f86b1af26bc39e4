using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.NETCore.Client;
using Shop.Lab;
using Shop.Lab.Diagnosis;
using Shop.Lab.Diagnosis.Judgement;
using Shop.Lab.Diagnosis.Report;

namespace Shop.Tests.Lab.Diagnosis;

[Collection(nameof(ProveTests))]
[Part(Part.Proofs)]
public sealed partial class HeapDiagnosisTests : IDisposable
{
    private const int ArrayHeader = 24;
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
    public async Task TwoDumpsTellTheSameAndOneTellsWhatIsHeld()
    {
        await using var process = await StartLeakingAsync();
        var client = new DiagnosticsClient(process.Id);
        await client.WriteDumpAsync(DumpType.WithHeap, PathOf("1"), logDumpGeneration: false, Cancellation);
        await WaitForLeaksAsync();
        await client.WriteDumpAsync(DumpType.WithHeap, PathOf("2"), logDumpGeneration: false, Cancellation);

        var report = await DiagnoseAsync(PathOf("1"), PathOf("2"));
        AssertNamed(report);
        await AssertNewIsToldAsync(report);
        await AssertHeldIsToldAsync();
        await AssertBrokenReferencesAreReadAgainAsync();
        await AssertASlowLeakIsWaitedForAsync();
        await AssertDamageIsSaidAsync();
    }

    private async Task AssertNewIsToldAsync(DiagnosisReport report)
    {
        var earlier = report with { Growths = [.. report.Growths.Skip(1)] };
        await DiagnosisFiles.WriteAsync(PathOf("earlier.json"), earlier, null, Cancellation);

        var (exitCode, output, _) = await LabProcess.RunAsync(
            "diagnose", PathOf("1"), PathOf("2"), "--baseline", PathOf("earlier.json"), "--report", PathOf("report.md"));

        Assert.Equal(CommandLine.Failed, exitCode);
        AssertOnlyNew(output);
        AssertOnlyNew(await File.ReadAllTextAsync(PathOf("report.md"), Cancellation));

        void AssertOnlyNew(string text)
        {
            var line = Assert.Single(text.Split('\n'), line => line.Contains("(new)", StringComparison.Ordinal));
            Assert.Contains(report.Growths[0].Signature, line, StringComparison.Ordinal);
        }
    }

    /// <summary>Nothing grows between a dump and itself, and one alone tells only what is held.</summary>
    private async Task AssertHeldIsToldAsync()
    {
        var same = await LabProcess.RunAsync("diagnose", PathOf("2"), PathOf("2"));
        Assert.Equal((CommandLine.Done, ""), (same.ExitCode, same.Error));
        Assert.Contains("Nothing grows steadily.", same.Output, StringComparison.Ordinal);

        var (exitCode, output, error) = await LabProcess.RunAsync("diagnose", PathOf("2"), "--report", PathOf("report.json"));
        Assert.Equal((CommandLine.Done, ""), (exitCode, error));
        var report = DiagnosisFiles.Read(PathOf("report.json"));
        Assert.Empty(report.Growths);
        Assert.InRange(report.Holders.Count, 2, 5);
        Assert.Equal(report.Holders.OrderByDescending(holder => holder.Bytes), report.Holders);
        var largest = report.Holders[0];
        Assert.Equal("static HealthyShapes._ballast → [1,000] Byte[]", largest.Trace);
        Assert.Equal(1_000 * (HealthyShapes.BallastBytes + ArrayHeader), largest.Bytes);
        Assert.Contains($"{largest.Signature}: 1,000 objects, 9.8 MB held\n  {largest.Trace}\n", output, StringComparison.Ordinal);
    }

    private async Task AssertBrokenReferencesAreReadAgainAsync()
    {
        var source = new TornSource(PathOf("1"), torn: 2, whole: 1);
        var report = await new HeapDiagnosis(source, TimeSpan.Zero, showStrings: false, _ => { }).RunAsync(Cancellation);

        Assert.Single(report.Snapshots);
        Assert.Equal(3, source.Taken);
    }

    /// <summary>Between equal dumps nothing grows: only who waits for a slow leak is not content with that.</summary>
    private async Task AssertASlowLeakIsWaitedForAsync()
    {
        Assert.Equal(4, await CountAsync(wait: null));
        Assert.Equal(3, await CountAsync(TimeSpan.Zero));
        Assert.Equal(6, await CountAsync(TimeSpan.FromHours(1)));

        async Task<int> CountAsync(TimeSpan? wait)
        {
            var source = new TornSource(PathOf("1"), torn: 0, whole: 6);
            await new HeapDiagnosis(source, wait, showStrings: false, _ => { }).RunAsync(Cancellation);
            return source.Taken;
        }
    }

    private async Task AssertDamageIsSaidAsync()
    {
        var runtime = $"{Path.GetDirectoryName(typeof(object).Assembly.Location)}/libcoreclr.so";
        await MoveAsync(PathOf("1"), runtime, runtime.Replace("/Microsoft", "/microsoft", StringComparison.Ordinal));
        await AssertUnreadableAsync("is no libmscordaccore.so that reads it", PathOf("1"));
        using (var dump = File.OpenWrite(PathOf("2")))
            dump.SetLength(dump.Length / 2);
        await AssertUnreadableAsync("is incomplete", PathOf("2"));
        await File.WriteAllTextAsync(PathOf("2"), "", Cancellation);
        await AssertUnreadableAsync("cannot be read", PathOf("2"));
    }

    [Theory]
    [InlineData("999999999", "is not running")]
    [InlineData("/no/such/dump", "There is no dump /no/such/dump")]
    [InlineData("/etc/passwd", "The dump /etc/passwd cannot be read")]
    [InlineData("nosuch", "it is neither a process id nor a service (sessions, orders, payments, documents)")]
    [InlineData("1", "several targets must be dumps", "orders")]
    [InlineData("/etc/passwd", "/etc/passwd is no report of a diagnosis", "--baseline", "/etc/passwd")]
    public Task WhatCannotBeReadIsSaidInOneLine(string target, string error, params string[] arguments)
        => AssertUnreadableAsync(error, [target, .. arguments]);

    private static async Task AssertUnreadableAsync(string error, params string[] arguments)
    {
        var result = await LabProcess.RunAsync(["diagnose", .. arguments]);

        Assert.Equal(CommandLine.Unreadable, result.ExitCode);
        Assert.Contains(error, Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The process adds a byte for each 200 objects of a shape.
    private string LeakedFile => PathOf("leaked");

    private string PathOf(string file) => Path.Combine(_folder, file);

    private Task<LabProcess> StartLeakingAsync()
        => LabProcess.StartTestAsync(GetType(), LeakedFile, nameof(EachLeakIsNamedByItsRootAndNothingElseIs));

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
        // Each link and its array, and nothing that others hold too.
        var links = found[Verdict.Leak].Single(growth => TraceOf(growth).Contains("LinkedItems._head", StringComparison.Ordinal));
        Assert.Equal(links.Count * LeakShapes.BytesOfLink, links.Bytes);
        // The arrays of most shapes are of one type.
        Assert.True(report.Types.Single(type => type.Type == "Byte[]").AddedCount > 5 * links.AddedCount);
        Assert.Contains(found[Verdict.Known], known => known.Explanation == "an ArrayPool: arrays that were returned");
    }

    private static async Task MoveAsync(string dump, string runtime, string other)
    {
        var bytes = await File.ReadAllBytesAsync(dump, Cancellation);
        var (from, to) = (Encoding.UTF8.GetBytes(runtime), Encoding.UTF8.GetBytes(other));
        for (int start = 0, next; (next = bytes.AsSpan(start).IndexOf(from)) >= 0; start += next + to.Length)
            to.CopyTo(bytes, start + next);
        await File.WriteAllBytesAsync(dump, bytes, Cancellation);
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
