using Health = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;

namespace Aspire.Hosting.ApplicationModel;

public sealed record CustomResourceSnapshot
{
    public required string ResourceType { get; init; }
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }
    public DateTime? CreationTimeStamp { get; init; }
    public DateTime? StartTimeStamp { get; init; }
    public DateTime? StopTimeStamp { get; init; }
    public ResourceStateSnapshot? State { get; init; }
    public int? ExitCode { get; init; }
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];
    public bool IsHidden { get; init; }

    /// <summary>The worst of the health reports while the resource runs; without any it is healthy.</summary>
    public Health? HealthStatus => IsRunning ? HealthReports.Select(r => r.Status ?? Health.Unhealthy).DefaultIfEmpty(Health.Healthy).Min() : null;
    internal ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    // Set once the handlers of readiness are done: only then is the resource ready for those that wait for it.
    internal bool IsReady { get; init; }
    internal bool IsHealthy => HealthStatus == Health.Healthy && IsReady;
    internal bool IsRunning => State?.Text == KnownResourceStates.Running;
    internal bool HasEnded => State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

    internal CustomResourceSnapshot WithProperty(string name, string displayName, object? value, bool sensitive = false)
        => this with { Properties = Properties.RemoveAll(p => p.Name == name).Add(new(name, value) { DisplayName = displayName, IsSensitive = sensitive }) };
}

public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, null);
}

public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    public bool IsSensitive { get; init; }
    internal string? DisplayName { get; init; }
}

public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);
public sealed record RelationshipSnapshot(string ResourceName, string Type);

public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    public bool IsInactive { get; init; }
}

/// <summary>The result of a health check; without a status it has not run yet.</summary>
public sealed record HealthReportSnapshot(string Name, Health? Status, string? Description, string? ExceptionText)
{
    public DateTime? LastRunAt { get; init; }
}

public static class KnownResourceStates
{
    public static readonly string Starting = nameof(Starting), Running = nameof(Running), FailedToStart = nameof(FailedToStart),
        Stopping = nameof(Stopping), Exited = nameof(Exited), Finished = nameof(Finished), Waiting = nameof(Waiting), NotStarted = nameof(NotStarted);
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}
