using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Shop.Lab.Load;

/// <summary>What load to make.</summary>
/// <param name="Rate">Arrivals per second; each is one order.</param>
/// <param name="Duration">How long shoppers arrive; null until stopped.</param>
/// <param name="Seed">Decides when shoppers arrive and what they do.</param>
/// <param name="Shoppers">How many customers there are.</param>
/// <param name="Ramp">How long the rate takes to rise from zero.</param>
/// <param name="IsConstant">Whether arrivals are evenly spaced instead of independent.</param>
/// <param name="Json">Where the summary is written too; null for nowhere.</param>
/// <param name="Addresses">Where the services listen.</param>
internal sealed record LoadOptions(double Rate, TimeSpan? Duration, int Seed, int Shoppers, TimeSpan Ramp, bool IsConstant, FileInfo? Json, ShopAddresses Addresses)
{
    private const double MaxRate = 1_000;
    private const int MaxShoppers = 100_000;
    private const int MaxRampSeconds = 3_600;
    private const string Forever = "forever";

    /// <summary>Adds the options to the command; the result reads them.</summary>
    public static Func<ParseResult, LoadOptions> AddTo(Command command)
    {
        var rate = Add(command, new Option<double>("--rate") { Description = $"Orders per second, up to {MaxRate:N0}", DefaultValueFactory = _ => 20, CustomParser = ParseRate });
        var duration = Add(command, new Option<TimeSpan?>("--duration") { Description = $"hh:mm:ss, or '{Forever}' (the default): until Ctrl+C", CustomParser = ParseDuration });
        var seed = Add(command, new Option<int>("--seed") { Description = "The same seed brings the same shoppers at the same times", DefaultValueFactory = _ => 1 });
        var shoppers = Add(command, new Option<int>("--shoppers") { Description = "How many customers there are", DefaultValueFactory = _ => 200, CustomParser = ParseShoppers });
        var ramp = Add(command, new Option<int>("--ramp") { Description = "Seconds in which the rate rises from zero", DefaultValueFactory = _ => 20, CustomParser = ParseRamp });
        var arrivals = Add(command, new Option<string>("--arrivals") { Description = "Independent arrivals, or evenly spaced ones", DefaultValueFactory = _ => "poisson" });
        var json = Add(command, new Option<FileInfo?>("--json") { Description = "Writes the summary to this file too", HelpName = "FILE" });
        arrivals.AcceptOnlyFromAmong("poisson", "constant");
        var addresses = ShopAddresses.AddOptions(command);
        return parsed => new(parsed.GetValue(rate), parsed.GetValue(duration), parsed.GetValue(seed), parsed.GetValue(shoppers),
            TimeSpan.FromSeconds(parsed.GetValue(ramp)), parsed.GetValue(arrivals) == "constant", parsed.GetValue(json), addresses(parsed));
    }

    private static Option<T> Add<T>(Command command, Option<T> option)
    {
        command.Options.Add(option);
        return option;
    }

    private static double ParseRate(ArgumentResult argument)
    {
        if (double.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= MaxRate)
            return rate;
        argument.AddError($"--rate must be more than 0 and at most {MaxRate:N0}, not '{argument.Tokens[0].Value}'.");
        return 0;
    }

    private static int ParseShoppers(ArgumentResult argument)
    {
        if (int.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, out var shoppers) && shoppers is > 0 and <= MaxShoppers)
            return shoppers;
        argument.AddError($"--shoppers must be 1 to {MaxShoppers:N0}, not '{argument.Tokens[0].Value}'.");
        return 0;
    }

    private static int ParseRamp(ArgumentResult argument)
    {
        if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= MaxRampSeconds)
            return seconds;
        argument.AddError($"--ramp must be 0 to {MaxRampSeconds:N0} seconds, not '{argument.Tokens[0].Value}'.");
        return 0;
    }

    // TimeSpan.Parse would take "5" and "24:00:00" for days.
    private static TimeSpan? ParseDuration(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (text == Forever)
            return null;
        var parts = text.Split(':');
        if (parts.Length == 3 && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            var numbers = Array.ConvertAll(parts, part => int.Parse(part, CultureInfo.InvariantCulture));
            if (numbers is [< 10_000, < 60, < 60] && numbers.Any(number => number > 0))
                return new TimeSpan(numbers[0], numbers[1], numbers[2]);
        }
        argument.AddError($"--duration must be hh:mm:ss or '{Forever}', not '{text}'.");
        return null;
    }
}
