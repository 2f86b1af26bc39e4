using System.CommandLine;
using System.Globalization;
using Shop.Lab.Cases;
using Shop.Lab.Load;
using Shop.Lab.Proof.Measuring;
using Shop.ServiceDefaults;
using Spectre.Console;

namespace Shop.Lab.Baselines;

/// <summary>The command <c>baseline</c>: whether what is alive at the same load has grown since last week, and in four weeks.</summary>
internal static class BaselineCommand
{
    private const double Megabyte = 1024 * 1024;

    public static Command Create()
    {
        var rate = CheckedOption.Create<double>("--rate", "Orders per second", LoadOptions.RateFormat, LoadOptions.TryParseRate);
        rate.DefaultValueFactory = _ => 5;
        var round = CheckedOption.Create<TimeSpan>(
            "--round", "How long the load of each round lasts", LoadOptions.DurationFormat, LoadOptions.TryParseDuration);
        round.DefaultValueFactory = _ => TimeSpan.FromSeconds(15);
        var file = new Option<string>("--file")
        {
            Description = "The records, as JSON lines",
            HelpName = "FILE",
            DefaultValueFactory = _ => BaselineFile.DefaultPath,
        };
        var command = new Command("baseline", "Records what is alive in each service of the running shop after the same load, and compares "
            + "it with the last record and with that of four weeks ago. Exit code 1: it grew.") { rate, round, file };
        var key = LabKey.AddOption(command);
        var addresses = ShopAddresses.AddOptions(command);
        command.SetCancellableAction(async (parsed, stop) =>
        {
            var records = new BaselineFile(parsed.GetRequiredValue(file));
            // A file that cannot be read is told before the load.
            var earlier = records.Read();
            var services = addresses(parsed);
            using var lab = new LabClient(services, key(parsed));
            var run = new BaselineRun(services, lab, parsed.GetValue(rate), parsed.GetValue(round), TimeProvider.System);
            var now = await run.RunAsync(ShowRound, stop);
            records.Append(now);
            return Judge(now, earlier);
        });
        return command;
    }

    /// <summary>Prints a record and how it differs from earlier ones, and gives the exit code.</summary>
    internal static int Judge(BaselineRecord now, IEnumerable<BaselineRecord> earlier)
    {
        var changes = BaselineChange.Find(now, earlier);
        var table = new Table().RoundedBorder().AddColumns("service", "alive, MB", "since", "change, MB", "");
        foreach (var service in now.LiveBytes.Keys)
        {
            var own = changes.Where(change => change.Service == service).ToList();
            if (own.Count == 0)
                table.AddRow(service, Show(now.Of(service)), "", "", "nothing to compare with");
            foreach (var change in own)
            {
                var since = change.Since.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
                table.AddRow(service, Show(change.Bytes), since, Show(change.Change), change.HasGrown ? "[red]grew[/]" : "");
            }
        }
        AnsiConsole.Write(table);
        return changes.Any(change => change.HasGrown) ? CommandLine.Failed : CommandLine.Done;
    }

    private static void ShowRound(int index) => Console.WriteLine(
        index == 0 ? "Warmed up." : string.Create(CultureInfo.InvariantCulture, $"Round {index} of {BaselineRecord.Rounds}."));

    private static string Show(Interval bytes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{bytes.Estimate / Megabyte:F2} ({bytes.Low / Megabyte:F2} to {bytes.High / Megabyte:F2})");
}
