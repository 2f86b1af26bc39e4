using System.Diagnostics.CodeAnalysis;
using Shop.Lab.Diagnosis.Snapshots;
using Shop.Lab.Page.Cases.Runs;

namespace Shop.Lab.Page.Alerts;

/// <summary>
/// Diagnoses a service when an alert asks for it: one at a time, and each service at most once an hour, because its process stands still
/// while its memory is copied. A drill would be given away, so there is none while one is on, and what an earlier one found is not shown.
/// </summary>
/// <param name="services">The services.</param>
/// <param name="reports">Where the reports are kept.</param>
/// <param name="dumps">Where the dumps are kept; null for nowhere.</param>
/// <param name="time">The clock.</param>
internal sealed class AlertDiagnoses(IWatchedServices services, DiagnosisFolder reports, DumpKeeping? dumps, TimeProvider time)
    : IHostedService
{
    /// <summary>The least time between two diagnoses of a service.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly Dictionary<string, long> _started = [];
    private volatile LabRun? _last;
    private volatile string? _failure;

    /// <summary>The last diagnosis; null if there was none, and while a drill is on.</summary>
    public LabRun? Shown => services.IsInDrill ? null : _last;

    /// <summary>Why the last one that was due could not be started; null if it could.</summary>
    public string? Failure => _failure;

    /// <summary>Starts a diagnosis, if one of the alerts asks for it and it is due.</summary>
    [SuppressMessage("Memory", "SHOP1001", Justification = "It has one entry for each service.")]
    public void Consider(IEnumerable<Alert> firing)
    {
        if (services.IsInDrill || _last is { IsOn: true })
            return;
        foreach (var service in firing.Where(alert => alert.AsksForDiagnosis).Select(alert => alert.Service))
        {
            if (IsDue(service) && services.ProcessOf(service) is { } processId)
            {
                _started[service] = time.GetTimestamp();
                Start(service, processId);
                return;
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => _last?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    private void Start(string service, int processId)
    {
        try
        {
            var report = reports.Reserve(service);
            var plan = RunPlan.Diagnose(service, processId, report, dumps);
            (_failure, _last) = (null, LabRun.Start(plan, time, CommandLine.StopTimeout));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _failure = $"{service} could not be diagnosed: {exception.Message}";
        }
    }

    private bool IsDue(string service) => !_started.TryGetValue(service, out var started) || time.GetElapsedTime(started) >= Interval;
}
