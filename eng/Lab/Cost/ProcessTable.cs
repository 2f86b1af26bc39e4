using System.Globalization;

namespace Shop.Lab.Cost;

/// <summary>Reads what the processes of this machine have used, from /proc.</summary>
internal static class ProcessTable
{
    // proc_pid_stat(5), counted from the state, which follows the name: a name may contain spaces.
    private const int Parent = 1;
    private const int UserTicks = 11;
    private const int KernelTicks = 12;
    private const int ResidentPages = 21;
    // USER_HZ is 100 on every architecture that .NET supports.
    private const int TicksPerSecond = 100;

    /// <summary>All processes that can be read; another user's command line can, so that its processes are known.</summary>
    public static IReadOnlyDictionary<int, ProcessUse> Read()
    {
        var table = new Dictionary<int, ProcessUse>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && TryRead(id, folder) is { } process)
                table.Add(id, process);
        }
        return table;
    }

    private static ProcessUse? TryRead(int id, string folder)
    {
        try
        {
            var stat = File.ReadAllText($"{folder}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new(
                id, (int)Number(fields[Parent]), File.ReadAllText($"{folder}/cmdline").TrimEnd('\0').Split('\0'),
                TimeSpan.FromSeconds((Number(fields[UserTicks]) + Number(fields[KernelTicks])) / (double)TicksPerSecond),
                Directory.EnumerateDirectories($"{folder}/task").ToDictionary(IdOf, Switches),
                Number(fields[ResidentPages]) * Environment.SystemPageSize);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended since.
            return null;
        }
    }

    private static int IdOf(string thread) => (int)Number(Path.GetFileName(thread));

    private static long Switches(string thread)
    {
        try
        {
            return File.ReadLines($"{thread}/status").Where(line => line.Contains("ctxt_switches", StringComparison.Ordinal))
                .Sum(line => Number(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()));
        }
        catch (IOException)
        {
            // A thread ends at any time.
            return 0;
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
