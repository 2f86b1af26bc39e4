namespace Aspire.Hosting.ApplicationModel;

public enum IconVariant { Regular = 0, Filled = 1 }
public enum ResourceCommandState { Enabled = 0, Disabled = 1, Hidden = 2 }
public enum CommandResultFormat { Text = 0, Json = 1, Markdown = 2 }

public sealed record UpdateCommandStateContext(CustomResourceSnapshot ResourceSnapshot);
public sealed record ExecuteCommandContext(IServiceProvider Services, string ResourceName, ILogger Logger, InteractionInputCollection Arguments,
    CancellationToken CancellationToken);
public sealed record ExecuteCommandResult(bool Success, string? Message = null, CommandResultData? Data = null, bool Canceled = false);

public sealed class CommandResultData
{
    public required string Value { get; init; }
    public CommandResultFormat Format { get; init; }
    public bool DisplayImmediately { get; init; }
}

public static class CommandResults
{
    public static ExecuteCommandResult Success() => new(true);
    public static ExecuteCommandResult Success(string message, CommandResultData value) => new(true, message, value);
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new(false, errorMessage);
    public static ExecuteCommandResult Failure(string errorMessage, CommandResultData value) => new(false, errorMessage, value);
    public static ExecuteCommandResult Canceled() => new(false, Canceled: true);
}

public static class KnownResourceCommands
{
    public static readonly string StartCommand = "start", StopCommand = "stop", RestartCommand = "restart";
}

public class CommandOptions
{
    public string? Description { get; set; }
    public string? ConfirmationMessage { get; set; }
    public string? IconName { get; set; }
    public IconVariant? IconVariant { get; set; }
    public bool IsHighlighted { get; set; }
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
    public IReadOnlyList<InteractionInput> Arguments { get; set; } = [];
}

internal sealed record ResourceCommandAnnotation(string Name, string DisplayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand,
    CommandOptions Options) : IResourceAnnotation;

internal sealed record ResourceCommandSnapshot(ResourceCommandAnnotation Command, ResourceCommandState State);
