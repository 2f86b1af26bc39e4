using System.CommandLine;

namespace Shop.Lab;

/// <summary>The key of the services' lab routes: an option, else an environment variable.</summary>
internal static class LabKey
{
    private const string Variable = "Lab__Key";

    /// <summary>Adds the option to a command; the result reads it.</summary>
    /// <exception cref="LabException">There is no key.</exception>
    public static Func<ParseResult, string> AddOption(Command command)
    {
        var key = new Option<string?>("--key")
        {
            Description = $"The lab key; default: the environment variable {Variable}",
            HelpName = "KEY",
        };
        command.Options.Add(key);
        return parsed => (parsed.GetValue(key) ?? Environment.GetEnvironmentVariable(Variable)) is { } value
            && !string.IsNullOrWhiteSpace(value)
            ? value
            : throw new LabException(
                $"The lab routes need their key: pass --key or set {Variable}. The dashboard shows it as parameter lab-key.",
                CommandLine.BadArguments);
    }
}
