using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Playwright;
using Shop.Documents.Reports;
using Shop.Lab.Drills;
using Shop.Tests.AppHost;

namespace Shop.Tests.Page;

/// <summary>A drill on the command line, which shares it with the page.</summary>
[RunningShop]
public sealed class DrillCommandTests(ShopFixture shop, Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => shop.EndDrillAsync();

    [Fact]
    public async Task TheCommandLineHasTheDrillOfThePage()
    {
        var seed = Drills.SeedOf(level: 2, "Reports");
        var study = ReportsCase.Study;
        Assert.Contains("0 of 1 found", (await RunAsync(0, "start", "--level", "2", "--seed", $"{seed}")).Output, StringComparison.Ordinal);
        var page = await browser.OpenLabAsync(shop, "/drill");
        await Assertions.Expect(page.GetByText($"level 2, seed {seed}")).ToBeVisibleAsync();

        Assert.Contains("A drill is on", (await RunAsync(1, "start")).Error, StringComparison.Ordinal);
        Assert.Contains("DocumentEvents", (await RunAsync(2, "answer", "documents", "Nonsense", "none")).Error, StringComparison.Ordinal);
        Assert.Contains("Wrong", (await RunAsync(1, "answer", "payments", "PaymentPayload", "none")).Output, StringComparison.Ordinal);
        var solved = await RunAsync(0, "answer", study.Service, study.Id, DrillChoices.RootOf(study));
        Assert.Contains("1 wrong guesses", solved.Output, StringComparison.Ordinal);
        Assert.Contains($"{study.Id}, which retains nothing", solved.Output, StringComparison.Ordinal);
        await Assertions.Expect(page.GetByText("Solved:")).ToBeVisibleAsync();
        Assert.Contains("Solved", (await RunAsync(0, "status")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServiceThatIsRestartedStaysInTheDrillAndIsCounted()
    {
        await RunAsync(0, "start", "--seed", "7");
        await shop.App.CommandAsync("payments", KnownResourceCommands.RestartCommand);
        await shop.App.WaitForHealthyAsync("payments");
        await Eventually.ReadAsync(async () => (await RunAsync(0, "status")).Output,
            text => text.Contains(" 1 restarts", StringComparison.Ordinal), "the restart to be counted");

        using var payments = await shop.LabAsync("payments");
        var cases = await payments.GetFromJsonAsync<JsonElement>("/lab/cases", Cancellation);
        Assert.All(cases.EnumerateArray(), state => Assert.Equal("Hidden", state.GetProperty("variant").GetString()));
        Assert.Contains("Given up", (await RunAsync(0, "end")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADrillNeedsEveryCaseToBeFixed()
    {
        using var orders = await shop.LabAsync("orders");
        await orders.SwitchCaseAsync("OrderEvents", "Leaky");
        try
        {
            Assert.Contains("OrderEvents is Leaky", (await RunAsync(1, "start")).Error, StringComparison.Ordinal);
        }
        finally
        {
            await orders.SwitchCaseAsync("OrderEvents", "Fixed");
            await orders.ResetCaseAsync("OrderEvents");
        }
    }

    private Task<(string Output, string Error)> RunAsync(int exitCode, params string[] arguments)
        => shop.RunDrillAsync(exitCode, arguments);
}
