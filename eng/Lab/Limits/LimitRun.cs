using System.Diagnostics;
using System.Globalization;

namespace Shop.Lab.Limits;

/// <summary>Runs a process up to its limit.</summary>
internal static class LimitRun
{
    private const int Megabyte = 1024 * 1024;
    // The process becomes the program: its id and its signals are the program's. No core is written of what aborts.
    private const string Shell = "ulimit -c 0 && exec dotnet \"$@\"";

    /// <summary>Runs a row; null, with the reason, where no group can be made.</summary>
    public static async Task<(LimitResult? Result, string? Problem)> RunAsync(LimitRow row, long limit, CancellationToken cancellationToken)
    {
        if (!row.InGroup)
            return (await RunAsync(row, limit, null, cancellationToken), null);
        using var group = MemoryGroup.Create(limit, out var problem);
        return group is null ? (null, problem) : (await RunAsync(row, limit, group, cancellationToken), null);
    }

    private static async Task<LimitResult> RunAsync(LimitRow row, long limit, MemoryGroup? group, CancellationToken cancellationToken)
    {
        using var process = Process.Start(Start(row, limit, group))!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var lines = (await process.StandardOutput.ReadToEndAsync(cancellationToken))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await process.WaitForExitAsync(cancellationToken);
            var log = (await error).Split('\n').FirstOrDefault(line => line.Length > 0) ?? "";
            return lines.Length > 1
                ? new(process.ExitCode, group?.ReadKills(), Bytes(lines[^1]), Bytes(lines[0]), log)
                : throw new LabException($"The leaking process has not started: exit code {process.ExitCode}. {log}");
        }
        finally
        {
            // The group can be deleted only when it is empty.
            if (!process.HasExited)
                process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static ProcessStartInfo Start(LimitRow row, long limit, MemoryGroup? group)
    {
        var megabytes = (2 * limit / Megabyte).ToString(CultureInfo.InvariantCulture);
        var script = group is null ? Shell : $"echo $$ > {group.Processes} && {Shell}";
        var start = new ProcessStartInfo("sh",
            ["-c", script, "sh", "exec", typeof(LimitRun).Assembly.Location, LeakCommand.Name, $"{row.Leak}", megabytes])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What this process was started with limits the heap in no row.
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("GCHeap", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        if (row.Setting?.Split('=') is [var variable, var value])
            start.Environment[variable] = value;
        return start;
    }

    private static long Bytes(string line) => long.Parse(line, CultureInfo.InvariantCulture);
}
