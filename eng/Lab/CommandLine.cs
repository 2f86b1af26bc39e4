using System.CommandLine;
using System.CommandLine.Invocation;
using Spectre.Console;

namespace Shop.Lab;

/// <summary>
/// Runs a command and gives its exit code: 0 done, 1 failed, 2 bad arguments or a process that cannot be read, 3 skipped, as this machine
/// cannot do it, 130 interrupted.
/// </summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadArguments = 2;
    public const int Unreadable = 2;
    public const int Skipped = 3;
    public const int Interrupted = 130;
    private const int PlainWidth = 160;

    /// <summary>
    /// How long a command that is interrupted has to stop what it started; a proof needs 15 s, and more on a busy machine.
    /// </summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Console = CreatePlainConsole();
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction)
            return Fail(BadArguments, $"{parsed.Errors[^1].Message} See --help.");
        return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = StopTimeout, EnableDefaultExceptionHandler = false });
    }

    /// <summary>Sets an action that ends with one line where it fails or is interrupted.</summary>
    public static void SetCancellableAction(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
        => command.SetAction(async (parsed, stop) =>
        {
            try
            {
                return await action(parsed, stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return Fail(Interrupted, "Interrupted.");
            }
            catch (LabException exception)
            {
                return Fail(exception.ExitCode, exception.Message);
            }
        });

    // A file or another program's pipe has no colours, and no width that a table should be squeezed into.
    private static IAnsiConsole CreatePlainConsole()
    {
        var console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = PlainWidth;
        return console;
    }

    private static int Fail(int exitCode, string message)
    {
        Console.Error.WriteLine(message.ReplaceLineEndings(" ").Replace('\t', ' '));
        return exitCode;
    }
}
