using Shop.Lab;
using Shop.Lab.Cases;
using Shop.Lab.Page.Cases.Runs;

namespace Shop.Tests.Lab.Page;

/// <summary>The runs of the page's server, with a shell in the Lab's place.</summary>
public sealed class LabRunsTests
{
    private const string UntilInterrupted = "trap 'echo stopped; exit 130' INT; echo started; while :; do sleep 0.05; done";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ARunShowsWhatItPrintsAndHowItEnded()
    {
        var run = new LabRuns(TimeProvider.System).Start(Shell("echo out; echo error >&2; exit 1"));
        await run.Ended.WaitAsync(Cancellation);

        Assert.Equal(["error", "out"], run.Lines.Read().Order());
        Assert.Equal("A leak was found (exit code 1)", run.End!.ToString());
        Assert.False(run.IsOn);
    }

    [Fact]
    public async Task OnlyTheLastLinesAreKeptAndLongOnesAreCut()
    {
        var run = new LabRuns(TimeProvider.System).Start(
            Shell($"seq {RunLines.MaxLines + 7}; printf '%0{RunLines.MaxLength + 1}d\\n' 0"));
        await run.Ended.WaitAsync(Cancellation);

        var lines = run.Lines.Read();
        Assert.Equal((RunLines.MaxLines, 8, "9"), (lines.Count, run.Lines.Dropped, lines[0]));
        Assert.Equal(RunLines.MaxLength + "…".Length, lines[^1].Length);
    }

    [Fact]
    public async Task ACancelledRunEndsWhatItStarted()
    {
        var run = await StartAsync(new LabRuns(TimeProvider.System), UntilInterrupted);
        run.Cancel();
        run.Cancel();
        Assert.True(run.IsCancelled);
        await run.Ended.WaitAsync(Cancellation);

        Assert.Equal(["started", "stopped"], run.Lines.Read());
        Assert.Equal("Cancelled (exit code 130)", run.End!.ToString());
    }

    [Fact]
    public async Task ARunThatDoesNotEndIsKilledAfterItsTime()
    {
        var runs = new LabRuns(TimeProvider.System) { StopTimeout = TimeSpan.FromMilliseconds(300) };
        var run = await StartAsync(runs, "trap '' INT; echo started; while :; do sleep 0.05; done");
        run.Cancel();
        await run.Ended.WaitAsync(Cancellation);

        Assert.Equal((137, true), (run.End!.ExitCode, run.End.WasKilled));
    }

    [Fact]
    public async Task OneRunAtATime()
    {
        var runs = new LabRuns(TimeProvider.System);
        var run = await StartAsync(runs, UntilInterrupted);
        Assert.Same(run, runs.Current);

        var refused = Assert.Throws<LabException>(() => runs.Start(Shell("echo second")));
        Assert.Equal("Diagnose test is running; one run at a time.", refused.Message);

        run.Cancel();
        await run.Ended.WaitAsync(Cancellation);
        Assert.Null(runs.Current);
        var second = runs.Start(Shell("echo second"));
        await second.Ended.WaitAsync(Cancellation);
        Assert.Same(second, runs.Last);
    }

    [Fact]
    public async Task TheServersStopCancelsTheRunAndWaitsForItsEnd()
    {
        var runs = new LabRuns(TimeProvider.System);
        var run = await StartAsync(runs, UntilInterrupted);
        await runs.StopAsync(Cancellation);

        Assert.Equal("stopped", run.Lines.Read()[^1]);
        Assert.False(run.IsOn);
        Assert.Throws<LabException>(() => runs.Start(Shell("echo late")));
    }

    [Fact]
    public async Task TheServersStopKillsTheRunWhenItsTimeIsOver()
    {
        var runs = new LabRuns(TimeProvider.System);
        var run = await StartAsync(runs, "trap '' INT; echo started; while :; do sleep 0.05; done");
        using var over = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await runs.StopAsync(over.Token);

        Assert.True(run.End!.WasKilled);
    }

    [Fact]
    public async Task AProofIsReadFromAFolderThatIsDeleted()
    {
        var report = Path.Combine(Repository.Folder, "eng", "Lab", "Report");
        var plan = Shell($"echo \"$2\"; cp {report}/proof.json {report}/DocumentEvents.svg \"$2\"; exit 1", RunKind.Prove);
        var run = new LabRuns(TimeProvider.System).Start(plan);
        await run.Ended.WaitAsync(Cancellation);

        Assert.Equal("DocumentEvents", run.Proof!.Case.Case);
        Assert.NotNull(run.Proof.Chart);
        Assert.Equal("Not as catalogued (exit code 1)", run.End!.ToString());
        Assert.False(Directory.Exists(Assert.Single(run.Lines.Read())));
    }

    [Fact]
    public async Task AProgramThatThisMachineDoesNotHaveIsAFailure()
    {
        var run = new LabRuns(TimeProvider.System).Start(Shell("") with { Program = "no-such-program" });
        await run.Ended.WaitAsync(Cancellation);

        Assert.StartsWith("no-such-program cannot be run", run.Failure, StringComparison.Ordinal);
        Assert.Null(run.End);
    }

    [Fact]
    public async Task TheLabsKeyIsNotPassedOn()
    {
        Environment.SetEnvironmentVariable("Lab__RunTest", "secret");
        Environment.SetEnvironmentVariable("SHOP_RUN_TEST", "kept");
        var run = new LabRuns(TimeProvider.System).Start(Shell("echo \"[$Lab__RunTest] [$SHOP_RUN_TEST]\""));
        await run.Ended.WaitAsync(Cancellation);

        Assert.Equal("[] [kept]", Assert.Single(run.Lines.Read()));
    }

    [Theory]
    [InlineData(nameof(RunKind.Prove), 0, true, "As catalogued (exit code 0)")]
    [InlineData(nameof(RunKind.Prove), 1, false, "The proof failed; its last line says why (exit code 1)")]
    [InlineData(nameof(RunKind.Diagnose), 0, false, "No leak (exit code 0)")]
    [InlineData(nameof(RunKind.Diagnose), 2, false, "The process cannot be read; the last line says why (exit code 2)")]
    [InlineData(nameof(RunKind.Prove), 134, false, "It ended unexpectedly (exit code 134)")]
    public void AnExitCodeIsToldInWords(string kind, int exitCode, bool hasProof, string text)
        => Assert.Equal(text, new RunEnd(Enum.Parse<RunKind>(kind), exitCode, WasKilled: false, hasProof).ToString());

    [Fact]
    public void TheLabItselfIsRun()
    {
        var study = CaseStudies.Find("DocumentEvents")!;

        Assert.Equal(["prove", "DocumentEvents"], RunPlan.Prove(study).Arguments.TakeLast(2));
        Assert.Equal(["diagnose", "4711"], RunPlan.Diagnose(study, new ProcessInstance("documents-1", 4711)).Arguments.TakeLast(2));
        Assert.Equal(typeof(CommandLine).Assembly.Location, RunPlan.Prove(study).Arguments[1]);
    }

    private static async Task<LabRun> StartAsync(LabRuns runs, string script)
    {
        var run = runs.Start(Shell(script));
        await Eventually.ReadAsync(() => Task.FromResult(run.Lines.Read().Count), count => count > 0, "the run to start");
        return run;
    }

    private static RunPlan Shell(string script, RunKind kind = RunKind.Diagnose)
        => new(kind, "DocumentEvents", $"{kind} test", "sh", ["-c", script, "sh"]);
}
