using System.CommandLine;
using System.Globalization;

namespace Shop.Lab.Diagnosis.Snapshots;

/// <summary>Where dumps are kept, and how much of them.</summary>
/// <param name="Folder">The folder's full path.</param>
/// <param name="Megabytes">The size of all dumps in it.</param>
internal sealed record DumpKeeping(string Folder, int Megabytes)
{
    private const string KeepDump = "--keep-dump";
    private const string DumpLimit = "--dump-limit";
    private const int DefaultMegabytes = 4_096;
    private const int MaxMegabytes = 1_048_576;
    private const long Megabyte = 1024 * 1024;

    /// <summary>The options that say the same to another command.</summary>
    public IReadOnlyList<string> Arguments => [KeepDump, Folder, DumpLimit, Megabytes.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Adds the options to a command; the result reads them, null where no dump is kept.</summary>
    public static Func<ParseResult, DumpKeeping?> AddOptions(Command command)
    {
        var folder = new Option<string?>(KeepDump)
        {
            Description = $"Keeps the dump in this folder, of which the last {KeptDumps.MaxDumps} are kept. It holds all of the process's "
                + "memory, secrets too",
            HelpName = "folder",
        };
        var limit = CheckedOption.Create<int>(
            DumpLimit, $"The size of all kept dumps, in MB; {DefaultMegabytes} if not set", $"a whole number from 1 to {MaxMegabytes}",
            (text, out value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
                && value is >= 1 and <= MaxMegabytes);
        limit.DefaultValueFactory = _ => DefaultMegabytes;
        command.Options.Add(folder);
        command.Options.Add(limit);
        return parsed => parsed.GetValue(folder) is { Length: > 0 } path ? new(Path.GetFullPath(path), parsed.GetValue(limit)) : null;
    }

    /// <summary>Keeps a dump, if it can, and says in one line what has become of it.</summary>
    /// <param name="dump">The dump, whose path follows it.</param>
    /// <param name="processId">The process that it is of.</param>
    public string Keep(ProcessDump dump, int processId)
    {
        var (path, problem) = new KeptDumps(Folder, Megabytes * Megabyte, TimeProvider.System).Keep(dump.Path, processId);
        dump.Path = path ?? dump.Path;
        return path is null ? $"The dump is not kept: {problem}" : $"The dump is kept: {path}";
    }
}
