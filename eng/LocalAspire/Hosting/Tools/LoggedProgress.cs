using Microsoft.Extensions.Logging;

namespace LocalAspire.Tools;

/// <summary>Tells progress in a log, at once and in order.</summary>
internal sealed partial class LoggedProgress(ILogger logger) : IProgress<string>
{
    public void Report(string value) => Say(logger, value);

    [LoggerMessage(LogLevel.Information, "{Message}")]
    private static partial void Say(ILogger logger, string message);
}
