using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The variant of an icon.</summary>
public enum IconVariant { Regular = 0, Filled = 1 }

/// <summary>Whether a command can be given.</summary>
public enum ResourceCommandState { Enabled = 0, Disabled = 1, Hidden = 2 }

/// <summary>What the result of a command is.</summary>
public enum CommandResultFormat { Text = 0, Json = 1, Markdown = 2 }

/// <summary>The names of the commands that every process has.</summary>
public static class KnownResourceCommands
{
    public static readonly string StartCommand = "start";
    public static readonly string StopCommand = "stop";
    public static readonly string RestartCommand = "restart";
}

/// <summary>What a command's state depends on.</summary>
public sealed class UpdateCommandStateContext
{
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }
    public required IServiceProvider Services { get; init; }
}

/// <summary>What a command has at hand; the resource is named by its instance.</summary>
public sealed class ExecuteCommandContext
{
    public required IServiceProvider Services { get; init; }
    public required string ResourceName { get; init; }
    public required CancellationToken CancellationToken { get; init; }
    public required ILogger Logger { get; init; }
    public required InteractionInputCollection Arguments { get; init; }
}

/// <summary>What a command gave back.</summary>
public sealed class CommandResultData
{
    public required string Value { get; init; }
    public CommandResultFormat Format { get; init; }
    public bool DisplayImmediately { get; init; }
}

/// <summary>How a command went.</summary>
public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }
    public bool Canceled { get; init; }
    public string? Message { get; init; }
    public CommandResultData? Data { get; init; }
}

/// <summary>Makes results of commands.</summary>
public static class CommandResults
{
    public static ExecuteCommandResult Success() => new() { Success = true };

    public static ExecuteCommandResult Success(string message, string result, CommandResultFormat resultFormat = CommandResultFormat.Text)
        => Success(message, new CommandResultData { Value = result, Format = resultFormat });

    public static ExecuteCommandResult Success(string message, CommandResultData value) => new() { Success = true, Message = message, Data = value };

    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    public static ExecuteCommandResult Failure(Exception exception) => Failure(exception.Message);

    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
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
        => new(Name, State(resource, services), DisplayName, Options.Description, null, Options.ConfirmationMessage, Options.IconName, Options.IconVariant, Options.IsHighlighted) { Arguments = Options.Arguments };

    private ResourceCommandState State(CustomResourceSnapshot resource, IServiceProvider services)
    {
        try
        {
            return Options.UpdateState?.Invoke(new UpdateCommandStateContext { ResourceSnapshot = resource, Services = services }) ?? ResourceCommandState.Enabled;
        }
        catch (Exception)
        {
            // The AppHost's own code: its failure must not stop the resource's state from being told.
            return ResourceCommandState.Disabled;
        }
    }
}
