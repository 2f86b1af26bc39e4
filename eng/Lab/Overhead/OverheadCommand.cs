using System.CommandLine;
using System.Globalization;
using Shop.Lab.Proof.Measuring;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Overhead;

/// <summary>The command <c>overhead</c>: what the memory monitoring costs a service of the Shop.</summary>
internal static class OverheadCommand
{
    private const int DefaultRounds = 6;
    private const int DefaultSeconds = 30;
    private const double DefaultRate = 10;
    private static readonly string[] Columns = ["figure", "with", "without", "overhead", "limit", ""];

    public static Command Create()
    {
        // Fewer than six have no interval of 95 %; and below 20 s, a tick of the process's clock is more than a twentieth of 1 %.
        var rounds = CheckedOption.Create<int>(
            "--rounds", "Rounds, each with new processes", "a number from 6 to 20",
            (text, out value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value is >= 6 and <= 20);
        rounds.DefaultValueFactory = _ => DefaultRounds;
        var seconds = CheckedOption.Create<int>(
            "--seconds", "How long the CPU time is measured in each round", "a number from 20 to 600",
            (text, out value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
                && value is >= 20 and <= 600);
        seconds.DefaultValueFactory = _ => DefaultSeconds;
        var rate = CheckedOption.Create<double>(
            "--rate", "Requests per second; 0 for an idle service", "a number from 0 to 100",
            (text, out value) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
                && value is >= 0 and <= 100);
        rate.DefaultValueFactory = _ => DefaultRate;
        var markdown = ResultTable.CreateOption();
        var command = new Command("overhead", "Measures what the memory monitoring costs: runs sessions with and without it side by side, "
            + "in Release. Exit code 0: less than 1 % of a core and 1 MB.") { rounds, seconds, rate, markdown };
        command.SetCancellableAction((parsed, stop) => RunAsync(
            parsed.GetValue(rounds), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rate), parsed.GetValue(markdown),
            stop));
        return command;
    }

    /// <summary>Prints the figures, and gives the exit code.</summary>
    internal static int Judge(IReadOnlyList<OverheadRound> rounds, bool markdown)
    {
        var figures = OverheadFigure.Of(rounds);
        ResultTable.Write(Columns, figures.Select(Cells), markdown);
        return figures.All(figure => figure.IsWithin) ? CommandLine.Done : CommandLine.Failed;
    }

    private static async Task<int> RunAsync(int rounds, TimeSpan interval, double rate, bool markdown, CancellationToken stop)
    {
        Console.WriteLine("Building sessions in Release …");
        await Repository.BuildReleaseAsync("Sessions", stop);
        await using var backends = await Backends.StartAsync(OverheadRun.Services(rounds), stop);
        var run = new OverheadRun(backends, rate, interval);
        var measured = new List<OverheadRound>();
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                measured.Add(await run.RunAsync(round, stop));
                Console.WriteLine(Show(round, measured[^1]));
            }
        }
        catch (HttpRequestException exception) when (!stop.IsCancellationRequested)
        {
            throw new LabException($"sessions does not answer: {exception.Message}");
        }
        return Judge(measured, markdown);
    }

    private static string[] Cells(OverheadFigure figure) =>
    [
        figure.Name, Show(figure.With), Show(figure.Without), Show(figure.Cost),
        figure.Limit.ToString(CultureInfo.InvariantCulture), figure.Verdict,
    ];

    private static string Show(Interval value)
        => string.Create(CultureInfo.InvariantCulture, $"{value.Estimate:F2} ({value.Low:F2} to {value.High:F2})");

    private static string Show(int number, OverheadRound round) => string.Create(
        CultureInfo.InvariantCulture,
        $"Round {number}: CPU {round.With.CpuShare:P2} with, {round.Without.CpuShare:P2} without; "
        + $"live {round.With.LiveBytes:N0} B with, {round.Without.LiveBytes:N0} B without.");
}
