using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Shop.Lab.Diagnosis.Snapshots;
using Shop.Lab.Page.Alerts;
using Shop.Lab.Page.Cases.Runs;
using Shop.Lab.Page.Live;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Defaults;

namespace Shop.Tests.Lab.Page;

/// <summary>
/// The alerts that the Lab reads, and the diagnoses that it runs for them: of a process that there is not, which is soon told.
/// </summary>
public sealed class AlertTests : IDisposable
{
    private const int EndedProcess = int.MaxValue;
    private readonly FakeTimeProvider _time = new(new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shop-alerts-");
    private readonly LiveHistory _history;
    private readonly DiagnosisFolder _reports;
    private readonly DumpKeeping _dumps;
    private readonly AlertDiagnoses _diagnoses;

    public AlertTests()
    {
        _history = new(_time);
        _reports = new(_folder.FullName, _time);
        _dumps = new(Path.Combine(_folder.FullName, "dumps"), Megabytes: 1);
        _diagnoses = new(_history, _reports, _dumps, _time);
        Connect("documents", CaseVariant.Fixed.ToString());
        Connect("orders", CaseVariant.Fixed.ToString());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task OnlyWhatFiresIsShown()
    {
        var board = await ReadAsync("""
            {"status": "success", "data": {"alerts": [
              {"labels": {"alertname": "MemoryHigh", "service": "orders", "severity": "warning"},
               "annotations": {"summary": "orders uses 85 %", "action": "Look."},
               "state": "firing", "activeAt": "2026-01-01T12:00:00.5Z", "value": "8.5e-01"},
              {"labels": {"alertname": "ServiceDown", "service": "payments", "severity": "critical"},
               "annotations": {}, "state": "pending", "activeAt": "2026-01-01T12:00:00Z", "value": "0e+00"}]}}
            """);

        var alert = Assert.Single(board.Firing);
        Assert.Equal(
            new Alert("MemoryHigh", "orders", "warning", "orders uses 85 %", "Look.", _time.GetUtcNow().AddSeconds(0.5), false), alert);
        Assert.Null(board.Away);
        Assert.Null(_diagnoses.Shown);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "no JSON", "its reply cannot be read")]
    [InlineData(HttpStatusCode.OK, "{}", "its reply cannot be read")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "", "it does not answer")]
    public async Task WhatFiredIsNotShownOnceItCannotBeRead(HttpStatusCode status, string reply, string reason)
    {
        var board = new AlertBoard(isMonitored: true);
        board.Show([Alert("orders")]);
        await ReadAsync(reply, status, board);

        Assert.Empty(board.Firing);
        Assert.Equal(reason, board.Away);
    }

    [Fact]
    public async Task AnAlertHasItsServiceDiagnosedOnceAnHour()
    {
        var first = await DiagnoseAsync("documents");
        Assert.Equal(RunKind.Diagnose, first!.Plan.Kind);
        Assert.Contains($"{EndedProcess}", first.Plan.Arguments);
        Assert.StartsWith("The process cannot be read", first.End!.ToString(), StringComparison.Ordinal);

        _time.Advance(AlertDiagnoses.Interval - TimeSpan.FromSeconds(1));
        Assert.Same(first, await DiagnoseAsync("documents"));
        // Another service has an hour of its own.
        Assert.NotSame(first, await DiagnoseAsync("orders"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("documents", (await DiagnoseAsync("documents"))!.Plan.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheDumpIsKeptWhereThePageWasToldTo()
    {
        var run = await DiagnoseAsync("documents");
        Assert.Equal(["--keep-dump", _dumps.Folder, "--dump-limit", "1"], run!.Plan.Arguments.TakeLast(4));

        var plan = RunPlan.Diagnose("documents", EndedProcess, "report.md", dumps: null);
        Assert.DoesNotContain("--keep-dump", plan.Arguments);
        Assert.Contains("--dump-first", plan.Arguments);
    }

    [Fact]
    public void OneServiceAtATimeIsDiagnosedAndOnlyForAnAlertThatAsksForIt()
    {
        _diagnoses.Consider([Alert("documents") with { AsksForDiagnosis = false }, Alert("gateway")]);
        Assert.Null(_diagnoses.Shown);
        _diagnoses.Consider([Alert("orders"), Alert("documents")]);
        var run = _diagnoses.Shown!;
        _diagnoses.Consider([Alert("documents")]);

        Assert.Contains("orders", run.Plan.Title, StringComparison.Ordinal);
        Assert.True(ReferenceEquals(run, _diagnoses.Shown) || !run.IsOn);
    }

    [Fact]
    public async Task ADrillIsNotGivenAway()
    {
        var earlier = await DiagnoseAsync("documents");
        Connect("payments", CaseSample.Hidden);
        Assert.NotNull(earlier);
        Assert.Null(_diagnoses.Shown);
        Assert.Null(await DiagnoseAsync("orders"));

        Connect("payments", CaseVariant.Fixed.ToString());
        Assert.Same(earlier, _diagnoses.Shown);
        Assert.NotSame(earlier, await DiagnoseAsync("orders"));
    }

    /// <summary>An exception would end the Lab.</summary>
    [Fact]
    public async Task WhereNoReportCanBeWrittenThePageSaysSoAndGoesOn()
    {
        var file = Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);
        var diagnoses = new AlertDiagnoses(_history, new(Path.Combine(file, "reports"), _time), dumps: null, _time);
        diagnoses.Consider([Alert("documents")]);

        Assert.StartsWith("documents could not be diagnosed: ", diagnoses.Failure, StringComparison.Ordinal);
        Assert.Null(diagnoses.Shown);
    }

    [Fact]
    public void TheLastReportsAreKept()
    {
        for (var report = 0; report < DiagnosisFolder.MaxReports + 5; report++)
            Write(report, bytes: 1);
        Assert.Equal(DiagnosisFolder.MaxReports, _folder.GetFiles().Length);
        Assert.DoesNotContain(_folder.GetFiles(), file => file.LastWriteTimeUtc < TimeOf(5));

        // Three of half the size that is allowed: two are left.
        for (var report = 100; report < 103; report++)
            Write(report, bytes: (int)(DiagnosisFolder.MaxBytes / 2));
        Write(103, bytes: 1);
        Assert.InRange(_folder.GetFiles().Sum(file => file.Length), DiagnosisFolder.MaxBytes / 2, DiagnosisFolder.MaxBytes + 1);
    }

    [Fact]
    public void NobodyElseReadsTheReports()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes.");
            return;
        }
        var path = Path.Combine(_folder.FullName, "new");
        new DiagnosisFolder(path, _time).Reserve("orders");

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    private async Task<AlertBoard> ReadAsync(string reply, HttpStatusCode status = HttpStatusCode.OK, AlertBoard? board = null)
    {
        board ??= new(isMonitored: true);
        using var handler = new StubHandler((_, _) => Task.FromResult(
            new HttpResponseMessage(status) { Content = new StringContent(reply, Encoding.UTF8, "application/json") }));
        using var http = new HttpClient(handler, disposeHandler: false) { BaseAddress = new("http://prometheus.test") };
        using var feed = new AlertFeed(http, board, _diagnoses, _time);
        await feed.ReadAsync(Cancellation);
        return board;
    }

    private async Task<LabRun?> DiagnoseAsync(string service)
    {
        _diagnoses.Consider([Alert(service)]);
        if (_diagnoses.Shown is { } run)
            await run.Ended.WaitAsync(Cancellation);
        return _diagnoses.Shown;
    }

    private void Connect(string service, string variant)
    {
        var history = _history.Find(service)!;
        var instance = history.Connect("one") ?? history.Instances.Single();
        var now = _time.GetUtcNow();
        instance.Add(new("one", EndedProcess, now, now, null, [0, 0, 0, 0, 0], 0, 0, [0, 0, 0], 0, 0, 0, 0, null, null, 0,
            [new("A", variant, 0, Tripped: false, Resets: 0)]));
    }

    private void Write(int report, int bytes)
    {
        _time.SetUtcNow(TimeOf(report));
        var file = _reports.Reserve("orders");
        File.WriteAllBytes(file, new byte[bytes]);
        File.SetLastWriteTimeUtc(file, TimeOf(report));
    }

    private static DateTime TimeOf(int report) => new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc).AddMinutes(report);

    private static Alert Alert(string service)
        => new("DiagnoseMemory", service, "info", "", "", DateTimeOffset.UnixEpoch, AsksForDiagnosis: true);
}
