namespace Shop.Lab;

/// <summary>A failure that one line explains.</summary>
internal sealed class LabException(string message, int exitCode = CommandLine.Failed) : Exception(message)
{
    public int ExitCode => exitCode;
}
