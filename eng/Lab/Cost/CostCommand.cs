using System.CommandLine;
using Shop.Lab.Cases;
using Shop.Lab.Load;

namespace Shop.Lab.Cost;

/// <summary>The command <c>cost</c>: the CPU time of an order in each process of the running Shop.</summary>
internal static class CostCommand
{
    private const double DefaultRate = 10;

    public static Command Create()
    {
        var rate = CheckedOption.Create<double>(
            "--rate", "Orders per second; 0 to measure the idle Shop", "0 or " + LoadOptions.RateFormat, TryParseRate);
        rate.DefaultValueFactory = _ => DefaultRate;
        var warmUp = CheckedOption.Create<TimeSpan>(
            "--warm-up", "How long the load runs before the measurement", LoadOptions.DurationFormat, LoadOptions.TryParseDuration);
        warmUp.DefaultValueFactory = _ => TimeSpan.FromSeconds(60);
        var duration = CheckedOption.Create<TimeSpan>(
            "--duration", "How long it measures", LoadOptions.DurationFormat, LoadOptions.TryParseDuration);
        duration.DefaultValueFactory = _ => TimeSpan.FromSeconds(25);
        var markdown = ResultTable.CreateOption();
        var command = new Command("cost", "Sends load into the running Shop and prints the CPU time that an order takes, by process.")
        {
            rate, warmUp, duration, markdown,
        };
        var key = LabKey.AddOption(command);
        var addresses = ShopAddresses.AddOptions(command);
        command.SetCancellableAction(async (parsed, stop) =>
        {
            var run = new CostRun(addresses(parsed), key(parsed), parsed.GetValue(rate));
            var result = await run.RunAsync(parsed.GetValue(warmUp), parsed.GetValue(duration), stop);
            CostTable.Write(result, parsed.GetValue(markdown));
            return result.Load.Failed == 0 ? CommandLine.Done : CommandLine.Failed;
        });
        return command;
    }

    private static bool TryParseRate(string text, out double rate)
    {
        rate = 0;
        return text == "0" || LoadOptions.TryParseRate(text, out rate);
    }
}
