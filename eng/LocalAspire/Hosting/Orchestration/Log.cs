using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Orchestration;

/// <summary>What the AppHost says, in its own log or in a resource's console.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Command {Command} failed.")]
    public static partial void CommandFailed(ILogger logger, string command, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Port {Port} of {Resource} is taken: it listens on {Instead} instead.")]
    public static partial void PortTaken(ILogger logger, int port, string resource, int instead);

    [LoggerMessage(3, LogLevel.Information, "{Text}")]
    public static partial void Progress(ILogger logger, string text);

    [LoggerMessage(4, LogLevel.Error, "{Resource} failed to start: {Reason}")]
    public static partial void StartFailed(ILogger logger, string resource, string reason);

    [LoggerMessage(5, LogLevel.Information, "Waiting for {Resource} ({What})...")]
    public static partial void Waiting(ILogger logger, string resource, WaitType what);

    [LoggerMessage(6, LogLevel.Information, "Waited for {Resource}.")]
    public static partial void Waited(ILogger logger, string resource);

    [LoggerMessage(7, LogLevel.Information, "{Resource} is started without waiting any longer.")]
    public static partial void WaitGivenUp(ILogger logger, string resource);

    [LoggerMessage(8, LogLevel.Warning, "The console can't be read any more: {Reason}")]
    public static partial void LogEnded(ILogger logger, string reason);

    [LoggerMessage(9, LogLevel.Warning, "{What} could not be followed; trying again.")]
    public static partial void LoopFailed(ILogger logger, string what, Exception exception);

    [LoggerMessage(10, LogLevel.Error, "The orchestrator is gone: the application ends.")]
    public static partial void OrchestratorGone(ILogger logger);

    [LoggerMessage(11, LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
    public static partial void Started(ILogger logger);
}
