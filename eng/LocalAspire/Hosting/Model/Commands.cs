using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
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

/// <summary>What a command has at hand.</summary>
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
    public string? ErrorMessage { get => Message; init => Message = value; }
    public CommandResultData? Data { get; init; }
}

/// <summary>Makes results of commands.</summary>
public static class CommandResults
{
    public static ExecuteCommandResult Success() => new() { Success = true };
    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    public static ExecuteCommandResult Success(string message, string result, CommandResultFormat resultFormat = CommandResultFormat.Text)
        => Success(message, new CommandResultData { Value = result, Format = resultFormat });

    public static ExecuteCommandResult Success(string message, string result, CommandResultFormat resultFormat, bool displayImmediately)
        => Success(message, new CommandResultData { Value = result, Format = resultFormat, DisplayImmediately = displayImmediately });

    public static ExecuteCommandResult Success(string message, CommandResultData value) => new() { Success = true, Message = message, Data = value };
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    public static ExecuteCommandResult Failure(string errorMessage, string result, CommandResultFormat resultFormat = CommandResultFormat.Text)
        => new() { Success = false, Message = errorMessage, Data = new CommandResultData { Value = result, Format = resultFormat } };

    public static ExecuteCommandResult Failure(Exception exception) => Failure(exception.Message);
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}

/// <summary>How a command looks and what it asks for.</summary>
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

/// <summary>What a command over HTTP gives back.</summary>
public enum HttpCommandResultMode { None = 0, Auto = 1, Json = 2, Text = 3 }

/// <summary>How a command over HTTP is sent.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>POST unless it is said otherwise.</summary>
    public HttpMethod? Method { get; set; }
    public string? HttpClientName { get; set; }
    public Func<EndpointReference>? EndpointSelector { get; set; }
    public Func<HttpCommandRequestContext, Task>? PrepareRequest { get; set; }
    public Func<HttpCommandResultContext, Task<ExecuteCommandResult>>? GetCommandResult { get; set; }
    public HttpCommandResultMode ResultMode { get; set; }
}

/// <summary>A request that is about to be sent.</summary>
public sealed class HttpCommandRequestContext
{
    public required IServiceProvider Services { get; init; }
    public required string ResourceName { get; init; }
    public required EndpointReference Endpoint { get; init; }
    public required CancellationToken CancellationToken { get; init; }
    public required HttpClient HttpClient { get; init; }
    public InteractionInputCollection Arguments { get; init; } = new([]);
    public required HttpRequestMessage Request { get; init; }
}

/// <summary>A response to a command.</summary>
public sealed class HttpCommandResultContext
{
    public required IServiceProvider Services { get; init; }
    public required string ResourceName { get; init; }
    public required EndpointReference Endpoint { get; init; }
    public required CancellationToken CancellationToken { get; init; }
    public required HttpClient HttpClient { get; init; }
    public InteractionInputCollection Arguments { get; init; } = new([]);
    public required HttpResponseMessage Response { get; init; }
}

/// <summary>A command of a resource.</summary>
public sealed class ResourceCommandAnnotation(string name, string displayName, Func<UpdateCommandStateContext, ResourceCommandState> updateState,
    Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, string? displayDescription, IReadOnlyList<InteractionInput>? arguments,
    string? confirmationMessage, string? iconName, IconVariant? iconVariant, bool isHighlighted) : IResourceAnnotation
{
    public string Name { get; } = name;
    public string DisplayName { get; } = displayName;
    public Func<UpdateCommandStateContext, ResourceCommandState> UpdateState { get; } = updateState;
    public Func<ExecuteCommandContext, Task<ExecuteCommandResult>> ExecuteCommand { get; } = executeCommand;
    public string? DisplayDescription { get; } = displayDescription;
    public IReadOnlyList<InteractionInput> Arguments { get; } = arguments ?? [];
    public string? ConfirmationMessage { get; } = confirmationMessage;
    public string? IconName { get; } = iconName;
    public IconVariant? IconVariant { get; } = iconVariant;
    public bool IsHighlighted { get; } = isHighlighted;
}
