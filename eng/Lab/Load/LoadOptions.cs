using System.CommandLine;
using System.Globalization;
using Shop.ServiceDefaults;

namespace Shop.Lab.Load;

/// <summary>What load to make.</summary>
/// <param name="Rate">Arrivals per second; each is one order.</param>
/// <param name="Duration">How long shoppers arrive; null until stopped.</param>
/// <param name="Seed">Decides when shoppers arrive and what they do.</param>
/// <param name="Shoppers">How many customers there are.</param>
/// <param name="Ramp">How long the rate takes to rise from zero.</param>
/// <param name="Arrivals">How arrivals are spaced: <see cref="Poisson"/> or <see cref="Constant"/>.</param>
/// <param name="Json">Where the summary is written too; null for nowhere.</param>
/// <param name="Addresses">Where the services listen.</param>
internal sealed record LoadOptions(
    double Rate, TimeSpan? Duration, int Seed, int Shoppers, TimeSpan Ramp, string Arrivals, FileInfo? Json, ShopAddresses Addresses)
{
    public const string Poisson = "poisson";
    public const string Constant = "constant";
    private const double MaxRate = 1_000;
    private const int MaxShoppers = 100_000;
    public static readonly string RateFormat = string.Create(CultureInfo.InvariantCulture, $"a number above 0, at most {MaxRate}");
    public static readonly string DurationFormat = $"{Durations.Format} and not zero";
    private static readonly TimeSpan MaxRamp = TimeSpan.FromHours(1);

    /// <summary>Adds the options to the command; the result reads them.</summary>
    public static Func<ParseResult, LoadOptions> AddTo(Command command)
    {
        var rate = CheckedOption.Create<double>("--rate", "Orders per second", RateFormat, TryParseRate);
        // At 20 a second, two cores are busy with the shop, and the dashboard shows its charts a minute late.
        rate.DefaultValueFactory = _ => 10;
        var duration = CheckedOption.Create<TimeSpan>(
            "--duration", "How long shoppers arrive; without it until Ctrl+C", DurationFormat, TryParseDuration);
        var seed = new Option<int>("--seed") { Description = "The same seed brings the same shoppers at the same times", DefaultValueFactory = _ => 1 };
        var shoppers = CheckedOption.Create<int>("--shoppers", "How many customers there are", $"1 to {MaxShoppers}", TryParseShoppers);
        shoppers.DefaultValueFactory = _ => 200;
        var ramp = CheckedOption.Create<TimeSpan>(
            "--ramp", "The time in which the rate rises from zero", $"{Durations.Format}, at most {Durations.Show(MaxRamp)}", TryParseRamp);
        ramp.DefaultValueFactory = _ => TimeSpan.FromSeconds(20);
        var arrivals = new Option<string>("--arrivals") { Description = "Independent arrivals, or evenly spaced ones", DefaultValueFactory = _ => Poisson };
        arrivals.AcceptOnlyFromAmong(Poisson, Constant);
        var json = new Option<FileInfo?>("--json") { Description = "Writes the summary to this file too", HelpName = "FILE" };
        foreach (var option in new Option[] { rate, duration, seed, shoppers, ramp, arrivals, json })
            command.Options.Add(option);
        var addresses = ShopAddresses.AddOptions(command);
        return parsed => new(
            parsed.GetValue(rate), parsed.GetResult(duration) is null ? null : parsed.GetValue(duration), parsed.GetValue(seed),
            parsed.GetValue(shoppers), parsed.GetValue(ramp), parsed.GetRequiredValue(arrivals), parsed.GetValue(json), addresses(parsed));
    }

    /// <summary>Reads a rate. No group separators: with them "0,5" would be 5.</summary>
    public static bool TryParseRate(string text, out double rate)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rate) && rate is > 0 and <= MaxRate;

    private static bool TryParseShoppers(string text, out int shoppers)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out shoppers) && shoppers is > 0 and <= MaxShoppers;

    /// <summary>Reads a duration.</summary>
    public static bool TryParseDuration(string text, out TimeSpan duration)
        => Durations.TryParse(text, out duration) && duration > TimeSpan.Zero;

    private static bool TryParseRamp(string text, out TimeSpan ramp) => Durations.TryParse(text, out ramp) && ramp <= MaxRamp;
}
