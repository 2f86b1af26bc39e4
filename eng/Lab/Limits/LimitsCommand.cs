using System.CommandLine;

namespace Shop.Lab.Limits;

/// <summary>
/// The command <c>limits</c>: what happens to a process that leaks up to its memory limit, by what leaks and how the heap is limited. It
/// starts each process in a memory group of its own.
/// </summary>
internal static class LimitsCommand
{
    private const int DefaultMegabytes = 200;

    public static Command Create()
    {
        var limit = CheckedOption.Create<int>(
            "--limit", $"The memory limit, in MiB; {DefaultMegabytes} if not set",
            "a number from 128 to 4096",
            (text, out value) => int.TryParse(text, out value) && value is >= 128 and <= 4096);
        limit.DefaultValueFactory = _ => DefaultMegabytes;
        var markdown = ResultTable.CreateOption();
        var command = new Command(
            "limits",
            $"Leaks up to a memory limit, and shows the exit codes. Exit code {CommandLine.Skipped}: no memory group can be made.")
        {
            limit, markdown,
        };
        command.SetCancellableAction((parsed, stop)
            => RunAsync(parsed.GetRequiredValue(limit) * 1024L * 1024L, parsed.GetValue(markdown), stop));
        return command;
    }

    private static async Task<int> RunAsync(long limit, bool markdown, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux())
            throw new LabException("Memory groups are Linux's: there are none here.", CommandLine.Skipped);
        var cells = new List<string[]>();
        var isComplete = true;
        foreach (var row in LimitRow.All(limit))
        {
            var (result, problem) = await LimitRun.RunAsync(row, limit, stop);
            isComplete &= result is not null;
            cells.Add(LimitsTable.Cells(row, limit, result, problem));
        }
        LimitsTable.Write(cells, markdown);
        return isComplete ? CommandLine.Done : CommandLine.Skipped;
    }
}
