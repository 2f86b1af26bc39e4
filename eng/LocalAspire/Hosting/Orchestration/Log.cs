namespace LocalAspire.Orchestration;

/// <summary>What the AppHost says, in its own log or in a resource's console.</summary>
internal static partial class Log
{
    [LoggerMessage(LogLevel.Information, "Fetching {What} …")]
    public static partial void Fetching(ILogger logger, string what);
    [LoggerMessage(LogLevel.Information, "Another process is fetching {What}; waiting for it.")]
    public static partial void FetchedByAnother(ILogger logger, string what);
    [LoggerMessage(LogLevel.Information, "Login to the dashboard at {Link}")]
    public static partial void Login(ILogger logger, string link);
    [LoggerMessage(LogLevel.Error, "Command {Command} failed.")]
    public static partial void CommandFailed(ILogger logger, string command, Exception exception);
    [LoggerMessage(LogLevel.Warning, "Port {Port} of {Resource} is taken: it listens on {Instead} instead.")]
    public static partial void PortTaken(ILogger logger, int port, string resource, int instead);
    [LoggerMessage(LogLevel.Error, "{Resource} failed to start: {Reason}")]
    public static partial void StartFailed(ILogger logger, string resource, string reason);
    [LoggerMessage(LogLevel.Warning, "{What} could not be followed.")]
    public static partial void LoopFailed(ILogger logger, string what, Exception exception);
    [LoggerMessage(LogLevel.Error, "The orchestrator is gone: the application ends.")]
    public static partial void OrchestratorGone(ILogger logger);
    [LoggerMessage(LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
    public static partial void Started(ILogger logger);
}
