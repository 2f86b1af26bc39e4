using System.Text.Json;
using Aspire.Hosting.Testing;
using Shop.Lab;
using Shop.Tests.AppHost;

namespace Shop.Tests.Lab;

/// <summary>The command <c>load</c> against the running Shop.</summary>
[RunningShop]
public sealed class LoadTests(ShopFixture shop) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ShoppersOrderAndTheSummaryCountsThem()
    {
        var file = Path.Combine(_folder, "load.json");
        var (exitCode, output, error) = await RunAsync(
            "--rate", "2", "--arrivals", "constant", "--ramp", "00:00:00", "--duration", "00:00:05", "--json", file);

        Assert.Equal("", error);
        Assert.Equal(CommandLine.Done, exitCode);
        Assert.StartsWith("2 orders/s (constant) by 200 customers, seed 1, for 00:00:05.", output, StringComparison.Ordinal);
        var report = JsonDocument.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(9, report.GetProperty("arrived").GetInt64());
        Assert.Equal(9, report.GetProperty("settled").GetInt64() + report.GetProperty("declined").GetInt64());
    }

    [Fact]
    public async Task ALoadWithoutArrivalsFailsWithAMessage()
    {
        var (exitCode, _, error) = await RunAsync("--rate", "0.001", "--arrivals", "constant", "--duration", "00:00:01");

        Assert.Equal(CommandLine.Failed, exitCode);
        Assert.Matches(@"\ANo order was settled or declined: .* 0 arrivals\.\n\z", error);
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] options)
    {
        var addresses = ShopAddresses.Names
            .SelectMany(service => new[] { $"--{service}", shop.App.GetEndpoint(service, "http").ToString() });
        return LabProcess.RunAsync(["load", .. addresses, .. options]);
    }
}
