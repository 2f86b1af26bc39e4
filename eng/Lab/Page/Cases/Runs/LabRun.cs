using Shop.Lab.Page.Cases.Proofs;

namespace Shop.Lab.Page.Cases.Runs;

/// <summary>
/// A command of the Lab in a process of its own. It belongs to the server: it goes on when the page that started it is left.
/// </summary>
internal sealed class LabRun
{
    private readonly TaskCompletionSource _cancel = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _kill = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly TimeSpan _stopTimeout;
    private readonly long _started;
    private readonly string? _reports;
    private TimeSpan? _took;

    private LabRun(RunPlan plan, TimeProvider time, TimeSpan stopTimeout)
    {
        (Plan, _time, _stopTimeout) = (plan, time, stopTimeout);
        _started = time.GetTimestamp();
        _reports = plan.Kind == RunKind.Prove ? Directory.CreateTempSubdirectory("shop-proof-").FullName : null;
        Ended = RunAsync();
    }

    /// <summary>What runs.</summary>
    public RunPlan Plan { get; }

    /// <summary>What it printed.</summary>
    public RunLines Lines { get; } = new();

    /// <summary>How long it has been running, or has run.</summary>
    public TimeSpan Elapsed => _took ?? _time.GetElapsedTime(_started);

    /// <summary>Whether it has been cancelled, although it may not have ended yet.</summary>
    public bool IsCancelled => _cancel.Task.IsCompleted;

    /// <summary>Whether it is still running.</summary>
    public bool IsOn => !Ended.IsCompleted;

    /// <summary>How it ended; null while it runs and where it could not be started.</summary>
    public RunEnd? End { get; private set; }

    /// <summary>What it has proven; null until then.</summary>
    public RunProof? Proof { get; private set; }

    /// <summary>Why it could not be started or its result not be read.</summary>
    public string? Failure { get; private set; }

    /// <summary>Completes when it has ended, however that was.</summary>
    public Task Ended { get; }

    /// <summary>Starts a command.</summary>
    public static LabRun Start(RunPlan plan, TimeProvider time, TimeSpan stopTimeout) => new(plan, time, stopTimeout);

    /// <summary>Interrupts it, as Ctrl+C does: a proof ends its servers first. It is killed only if it has not ended in time.</summary>
    public void Cancel() => _cancel.TrySetResult();

    /// <summary>Cancels it and waits for its end; once the token is cancelled, it is killed.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Cancel();
        using var registration = cancellationToken.Register(() => _kill.TrySetResult());
        await Ended;
    }

    private async Task RunAsync()
    {
        try
        {
            string[] report = _reports is null ? [] : ["--report", _reports];
            using var process = ChildProcess.Start(Plan.Program, [.. Plan.Arguments, .. report], Lines.Add);
            var (exitCode, wasKilled) = await process.EndAsync(_stopTimeout, _cancel.Task, _kill.Task);
            Proof = _reports is null ? null : await RunProof.ReadAsync(_reports, Plan.CaseId, CancellationToken.None);
            End = new RunEnd(Plan.Kind, exitCode, wasKilled, Proof is not null);
        }
        catch (LabException exception)
        {
            Failure = exception.Message;
        }
        finally
        {
            _took = _time.GetElapsedTime(_started);
            if (_reports is not null)
                Directory.Delete(_reports, recursive: true);
        }
    }
}
