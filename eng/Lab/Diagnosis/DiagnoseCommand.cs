using System.CommandLine;
using System.Globalization;
using Shop.Lab.Diagnosis.Report;
using Shop.Lab.Diagnosis.Snapshots;

namespace Shop.Lab.Diagnosis;

/// <summary>The command <c>diagnose</c>: what grows in a .NET process, and who holds it.</summary>
internal static class DiagnoseCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "diagnose";

    /// <summary>The option that writes the report into a file.</summary>
    public const string Report = "--report";

    /// <summary>The option that has a dump written for the case that the process ends.</summary>
    public const string DumpFirst = "--dump-first";

    public static Command Create()
    {
        var target = new Argument<string[]>("target")
        {
            Description = $"A service ({Services}), a process id, or dumps of a process, the earliest first",
            Arity = ArgumentArity.OneOrMore,
        };
        var wait = CheckedOption.Create<TimeSpan?>(
            "--wait", "Seconds to go on while no leak is found; without it, until nothing grows twice in a row, 30 at most",
            "a whole number from 1 to 3600", TryParseWait);
        var report = new Option<string?>(Report) { Description = "Writes the report: JSON, or Markdown as *.md", HelpName = "file" };
        var baseline = new Option<string?>("--baseline") { Description = "An earlier JSON report: tells what is new", HelpName = "file" };
        var showStrings = new Option<bool>("--show-strings")
        {
            Description = "Shows the contents of duplicate strings, also in the report: they may be secrets",
        };
        var dumpFirst = new Option<bool>(DumpFirst)
        {
            Description = "Has a process write a dump first, which tells what holds most if the process ends meanwhile; it is then "
                + "deleted, unless it is kept",
        };
        var command = new Command(Name, "Names what grows in the memory of a .NET process, and the root that holds it. "
            + "Exit code 0: no leak; 1: a leak; 2: it cannot be read.") { target, wait, report, baseline, showStrings, dumpFirst };
        var keeping = DumpKeeping.AddOptions(command);
        command.SetCancellableAction(async (parsed, stop) =>
        {
            var earlier = parsed.GetValue(baseline) is { } file ? DiagnosisFiles.Read(file) : null;
            var source = SourceOf(parsed.GetRequiredValue(target));
            var kept = keeping(parsed);
            var found = await RunAsync(source, kept is not null || parsed.GetValue(dumpFirst), kept, source => new(
                source, parsed.GetValue(wait), parsed.GetValue(showStrings), DiagnosisTable.Write), stop);
            DiagnosisTable.Write(found, earlier);
            if (parsed.GetValue(report) is { } path)
                await DiagnosisFiles.WriteAsync(path, found, earlier, stop);
            return found.HasLeak ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }

    private static async Task<DiagnosisReport> RunAsync(
        ISnapshotSource source, bool dumpFirst, DumpKeeping? kept, Func<ISnapshotSource, HeapDiagnosis> create,
        CancellationToken cancellationToken)
    {
        if (!dumpFirst || source is not ProcessSource process)
            return await create(source).RunAsync(cancellationToken);
        using var dump = await process.WriteDumpAsync(cancellationToken);
        if (dump is null)
            Console.WriteLine("The disk has too little room for a dump.");
        else if (kept is not null)
            Console.WriteLine(kept.Keep(dump, process.ProcessId));
        try
        {
            return await create(source).RunAsync(cancellationToken);
        }
        catch (LabException exception) when (dump is not null && process.HasEnded)
        {
            Console.WriteLine($"{exception.Message} Its dump:");
            return await create(new DumpSource([dump.Path])).RunAsync(cancellationToken);
        }
    }

    private static bool TryParseWait(string text, out TimeSpan? wait)
    {
        var isWhole = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds);
        wait = isWhole && seconds is >= 1 and <= 3_600 ? TimeSpan.FromSeconds(seconds) : null;
        return wait is not null;
    }

    private static ISnapshotSource SourceOf(string[] targets)
    {
        if (targets is [var single] && int.TryParse(single, NumberStyles.None, CultureInfo.InvariantCulture, out var processId))
            return new ProcessSource(processId);
        if (targets is [var service] && ShopAddresses.Names.Contains(service))
            return new ProcessSource(ServiceProcesses.Find(service));
        if (targets.FirstOrDefault(target => !File.Exists(target)) is not { } missing)
            return new DumpSource(targets);
        var others = targets.Length > 1 ? "several targets must be dumps" : $"it is neither a process id nor a service ({Services})";
        throw new LabException($"There is no dump {missing}, and {others}.", CommandLine.Unreadable);
    }

    private static string Services => string.Join(", ", ShopAddresses.Names);
}
