using Shop.Lab;
using Shop.Tests.Lab;

namespace Shop.Tests.Forecast;

/// <summary>What the command says without a Shop.</summary>
public sealed class ForecastCommandTests
{
    [Fact]
    public async Task AFileThatCannotBeWrittenIsToldInOneLine()
    {
        var (exitCode, _, error) = await LabProcess.RunAsync("forecast", "orders", "--record", "/proc/none/series.csv", "--key", "key");

        Assert.Equal(CommandLine.Failed, exitCode);
        Assert.Matches(@"\A/proc/none/series\.csv: .+\n\z", error);
    }

    [Fact]
    public async Task ARecordingNeedsAService()
    {
        var (exitCode, _, error) = await LabProcess.RunAsync("forecast", "--record", "series.csv", "--key", "key");

        Assert.Equal(CommandLine.BadArguments, exitCode);
        Assert.Equal("--record needs a service. See --help.\n", error);
    }
}
