using Microsoft.Extensions.Logging;

namespace LocalAspire.Orchestration;

/// <summary>What the AppHost says.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Command {Command} failed.")]
    public static partial void CommandFailed(ILogger logger, string command, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "Port {Port} of {Resource} is taken: {Resource} listens on {Instead} instead.")]
    public static partial void PortTaken(ILogger logger, int port, string resource, int instead);
}
