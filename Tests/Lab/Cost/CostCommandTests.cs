using Aspire.Hosting.Testing;
using Shop.Lab;
using Shop.Tests.AppHost;

namespace Shop.Tests.Lab.Cost;

/// <summary>The command <c>cost</c> against the running Shop.</summary>
[RunningShop]
public sealed class CostCommandTests(ShopFixture shop)
{
    [Fact]
    public async Task EveryProcessOfTheShopHasARow()
    {
        var (exitCode, output, error) = await RunAsync("--rate", "5", "--warm-up", "00:00:02", "--duration", "00:00:04");

        Assert.Equal(("", CommandLine.Done), (error, exitCode));
        var rows = output.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .ToDictionary(line => line.Split('|')[1].Trim(), line => line.Split('|')[2].Trim());
        string[] groups =
        [
            "Sessions", "Orders", "Payments", "Documents", "Gateway", "Lab", "postgres", "redis", "rabbitmq", "orchestrator", "load", "all",
        ];
        Assert.All(groups, group => Assert.Matches(@"\A\d+\.\d\z", rows[group]));
        Assert.Matches(@"\n[1-9]\d* orders in ", output);
    }

    [Fact]
    public async Task AWrongKeyIsOneLine()
    {
        var (exitCode, _, error) = await RunAsync("--rate", "0", "--key", "wrong");

        Assert.Equal(CommandLine.Failed, exitCode);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] options)
    {
        var addresses = ShopAddresses.Names
            .SelectMany(service => new[] { $"--{service}", shop.App.GetEndpoint(service, "http").ToString() });
        string[] key = options.Contains("--key") ? [] : ["--key", await shop.App.LabKeyAsync()];
        return await LabProcess.RunAsync(["cost", "--markdown", .. addresses, .. key, .. options]);
    }
}
