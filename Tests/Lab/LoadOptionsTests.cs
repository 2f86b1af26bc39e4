using System.CommandLine;
using Shop.Lab.Load;
using Shop.ServiceDefaults;

namespace Shop.Tests.Lab;

public sealed class LoadOptionsTests
{
    [Fact]
    public void TheDefaultsAreTheDesignedLoad()
    {
        var options = Parse([], out var errors);

        Assert.Empty(errors);
        Assert.Equal((10, null, 200, TimeSpan.FromSeconds(20), LoadOptions.Poisson), Values(options!));
        Assert.Equal(new Uri("http://localhost:5102"), options!.Addresses["orders"]);
    }

    [Fact]
    public void OptionsAreParsed()
    {
        var options = Parse(
            [
                "--rate", "0.5", "--duration", "24:00:00", "--ramp", "00:00:00",
                "--shoppers", "1", "--arrivals", "constant", "--orders", "https://shop:1",
            ],
            out var errors);

        Assert.Empty(errors);
        Assert.Equal((0.5, TimeSpan.FromHours(24), 1, TimeSpan.Zero, LoadOptions.Constant), Values(options!));
        Assert.Equal(new Uri("https://shop:1"), options!.Addresses["orders"]);
        Assert.Equal("24:00:00", Durations.Show(options.Duration!.Value));
    }

    [Theory]
    [InlineData("--rate", "0,5")]
    [InlineData("--rate", "1,000")]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "1000.1")]
    [InlineData("--rate", "-1")]
    [InlineData("--rate", "NaN")]
    [InlineData("--shoppers", "1,000")]
    [InlineData("--shoppers", "0")]
    [InlineData("--shoppers", "100001")]
    [InlineData("--seed", "1,000")]
    [InlineData("--duration", "5")]
    [InlineData("--duration", "00:00:00.5")]
    [InlineData("--duration", "00:00:00")]
    [InlineData("--duration", "00:60:00")]
    [InlineData("--duration", "1.00:00:00")]
    [InlineData("--ramp", "20")]
    [InlineData("--ramp", "01:00:01")]
    [InlineData("--arrivals", "sometimes")]
    [InlineData("--orders", "localhost:5102")]
    [InlineData("--orders", "nonsense")]
    public void AnInvalidValueIsOneErrorThatNamesIt(string option, string value)
    {
        Parse([option, value], out var errors);

        Assert.Contains($"'{value}'", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static (double Rate, TimeSpan? Duration, int Shoppers, TimeSpan Ramp, string Arrivals) Values(LoadOptions options)
        => (options.Rate, options.Duration, options.Shoppers, options.Ramp, options.Arrivals);

    private static LoadOptions? Parse(string[] arguments, out string[] errors)
    {
        var command = new Command("load");
        var read = LoadOptions.AddTo(command);
        var parsed = command.Parse(arguments);
        errors = [.. parsed.Errors.Select(error => error.Message)];
        return errors.Length == 0 ? read(parsed) : null;
    }
}
