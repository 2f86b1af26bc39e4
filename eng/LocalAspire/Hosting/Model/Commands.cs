namespace Aspire.Hosting.ApplicationModel;

/// <summary>The variant of an icon.</summary>
public enum IconVariant { Regular = 0, Filled = 1 }
/// <summary>Whether a command can be given.</summary>
public enum ResourceCommandState { Enabled = 0, Disabled = 1, Hidden = 2 }
/// <summary>What the result of a command is.</summary>
public enum CommandResultFormat { Text = 0, Json = 1, Markdown = 2 }

/// <summary>What a command's state depends on.</summary>
public sealed record UpdateCommandStateContext(CustomResourceSnapshot ResourceSnapshot, IServiceProvider Services);
/// <summary>What a command has at hand; the resource is named by its instance.</summary>
public sealed record ExecuteCommandContext(IServiceProvider Services, string ResourceName, ILogger Logger, InteractionInputCollection Arguments, CancellationToken CancellationToken);
/// <summary>How a command went.</summary>
public sealed record ExecuteCommandResult(bool Success, string? Message = null, CommandResultData? Data = null, bool Canceled = false);

/// <summary>What a command gave back.</summary>
public sealed class CommandResultData
{
    public required string Value { get; init; }
    public CommandResultFormat Format { get; init; }
    public bool DisplayImmediately { get; init; }
}

/// <summary>Makes results of commands.</summary>
public static class CommandResults
{
    public static ExecuteCommandResult Success() => new(true);
    public static ExecuteCommandResult Success(string message, CommandResultData value) => new(true, message, value);
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new(false, errorMessage);
    public static ExecuteCommandResult Failure(string errorMessage, CommandResultData value) => new(false, errorMessage, value);
    public static ExecuteCommandResult Failure(Exception exception) => new(false, exception.Message);
    public static ExecuteCommandResult Canceled() => new(false, Canceled: true);
}

/// <summary>The names of the commands that every process has.</summary>
public static class KnownResourceCommands
{
    public static readonly string StartCommand = "start", StopCommand = "stop", RestartCommand = "restart";
}

/// <summary>How a command looks, when it can be given, and what it asks for.</summary>
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

/// <summary>A command, and whether it can be given now.</summary>
public sealed record ResourceCommandSnapshot(string Name, ResourceCommandState State, string DisplayName, string? DisplayDescription, object? Parameter,
    string? ConfirmationMessage, string? IconName, IconVariant? IconVariant, bool IsHighlighted)
{
    public IReadOnlyList<InteractionInput> Arguments { get; init; } = [];
}

internal sealed record ResourceCommandAnnotation(string Name, string DisplayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand, CommandOptions Options) : IResourceAnnotation
{
    public ResourceCommandSnapshot Snapshot(CustomResourceSnapshot resource, IServiceProvider services)
        => new(Name, State(new UpdateCommandStateContext(resource, services)), DisplayName, Options.Description, null, Options.ConfirmationMessage, Options.IconName, Options.IconVariant, Options.IsHighlighted)
        {
            Arguments = Options.Arguments,
        };

    private ResourceCommandState State(UpdateCommandStateContext context)
    {
        try
        {
            return Options.UpdateState?.Invoke(context) ?? ResourceCommandState.Enabled;
        }
        catch (Exception)
        {
            // The AppHost's own code: its failure must not stop the resource's state from being told.
            return ResourceCommandState.Disabled;
        }
    }
}
