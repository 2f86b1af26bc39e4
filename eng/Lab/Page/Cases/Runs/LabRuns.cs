using Microsoft.Extensions.Hosting;

namespace Shop.Lab.Page.Cases.Runs;

/// <summary>
/// The runs of the server: one at a time, because a proof takes the whole machine. The last one is kept with its lines and its proof;
/// the server's stop cancels it and waits for its end.
/// </summary>
internal sealed class LabRuns(TimeProvider time) : IHostedService
{
    private readonly Lock _lock = new();
    private bool _isStopping;

    /// <summary>How long a cancelled run has to end what it started.</summary>
    public TimeSpan StopTimeout { get; init; } = CommandLine.StopTimeout;

    /// <summary>The run that is on, else the last one.</summary>
    public LabRun? Last { get; private set; }

    /// <summary>The run that is on.</summary>
    public LabRun? Current => Last is { IsOn: true } run ? run : null;

    /// <summary>Starts a run.</summary>
    /// <exception cref="LabException">Another one is on, or the server stops.</exception>
    public LabRun Start(RunPlan plan)
    {
        lock (_lock)
        {
            if (_isStopping)
                throw new LabException("The Lab is stopping.");
            if (Current is { } current)
                throw new LabException($"{current.Plan.Title} is running; one run at a time.");
            return Last = LabRun.Start(plan, time, StopTimeout);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            _isStopping = true;
        if (Current is { } run)
            await run.StopAsync(cancellationToken);
    }
}
