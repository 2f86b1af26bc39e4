using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shop.Lab;
using Shop.Lab.Drills;
using Shop.Tests.AppHost;
using Shop.Tests.Lab;

namespace Shop.Tests.Page;

/// <summary>A drill on the page and on the command line, which share it.</summary>
[RunningShop]
public sealed class DrillPageTests(ShopFixture shop, Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const int Seed = 7;
    private static readonly string[] Forgotten = ["OrderEvents"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        using var lab = await shop.LabAsync("lab");
        await lab.DeleteAsync("/api/drill", Cancellation);
    }

    [Fact]
    public async Task ADrillHidesItsCaseUntilItIsAnsweredAndThenShowsTraceAndFix()
    {
        var study = Drill.Pick(Drill.MinLevel, Seed).Cases.Single();
        var page = await browser.OpenLabAsync(shop, "/drill");
        await page.GetByLabel("Seed").FillAsync(Seed.ToString(CultureInfo.InvariantCulture));
        await page.GetByRole(AriaRole.Button, new() { Name = "Start a drill" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Service")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("The load is off")).ToBeVisibleAsync();

        await NothingNamesItAsync(page, study.Service, study.Id);

        // A page that is opened again has the same drill.
        await page.GotoAsync(shop.LabUrl("/drill").AbsoluteUri);
        await AnswerAsync(page, study.Service, study.Id, DrillChoices.NoRoot);
        await Assertions.Expect(page.GetByText("Wrong:")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await AnswerAsync(page, study.Service, study.Id, DrillChoices.RootOf(study));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Result" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Solved:")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(study.RetentionPath!)).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Leaky and Fixed side by side" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = study.Id })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".case-switch strong")).ToHaveTextAsync("Fixed");
        await Assertions.Expect(page.Locator(".diff .code").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TheCommandLineHasTheDrillOfThePage()
    {
        var study = Drill.Pick(Drill.MinLevel, Seed).Cases.Single();
        Assert.Contains("0 of 1 found", (await RunAsync(0, "start", "--level", "1", "--seed", $"{Seed}")).Output, StringComparison.Ordinal);
        var page = await browser.OpenLabAsync(shop, "/drill");
        await Assertions.Expect(page.GetByText($"level 1, seed {Seed}")).ToBeVisibleAsync();

        Assert.Contains("A drill is on", (await RunAsync(1, "start")).Error, StringComparison.Ordinal);
        Assert.Contains("DocumentEvents", (await RunAsync(2, "answer", "documents", "Nonsense", "none")).Error, StringComparison.Ordinal);
        Assert.Contains("Wrong", (await RunAsync(1, "answer", "payments", "PaymentPayload", "none")).Output, StringComparison.Ordinal);
        var solved = await RunAsync(0, "answer", study.Service, study.Id, DrillChoices.RootOf(study));
        Assert.Contains("1 wrong guesses", solved.Output, StringComparison.Ordinal);
        Assert.Contains(study.RetentionPath!, solved.Output, StringComparison.Ordinal);
        await Assertions.Expect(page.GetByText("Solved:")).ToBeVisibleAsync();
        Assert.Contains("Solved", (await RunAsync(0, "status")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServiceThatIsRestartedStaysInTheDrillAndIsCounted()
    {
        await RunAsync(0, "start", "--seed", $"{Seed}");
        await shop.App.CommandAsync("payments", KnownResourceCommands.RestartCommand);
        await shop.App.WaitForHealthyAsync("payments");
        await Eventually.ReadAsync(async () => (await RunAsync(0, "status")).Output,
            text => text.Contains(" 1 restarts", StringComparison.Ordinal), "the restart to be counted");

        using var payments = await shop.LabAsync("payments");
        var cases = await payments.GetFromJsonAsync<JsonElement>("/lab/cases", Cancellation);
        Assert.All(cases.EnumerateArray(), state => Assert.Equal("Hidden", state.GetProperty("variant").GetString()));
        Assert.Contains("Given up", (await RunAsync(0, "end")).Output, StringComparison.Ordinal);
    }

    /// <summary>A Lab that ended left the services in a drill.</summary>
    [Fact]
    public async Task ADrillThatNobodyKnowsCanBeEnded()
    {
        using var orders = await shop.LabAsync("orders");
        using var started = await orders.PutAsJsonAsync("/lab/drill", new { cases = Forgotten }, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, started.StatusCode);
        Assert.Contains("did not start", (await RunAsync(1, "start")).Error, StringComparison.Ordinal);
        var page = await browser.OpenLabAsync(shop, "/drill");
        await page.GetByRole(AriaRole.Button, new() { Name = "End it" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start a drill" })).ToBeVisibleAsync();
        await Eventually.ReadAsync(() => orders.HeldItemsAsync("OrderEvents"), held => held == 0, "the case to be reset");
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

    [Fact]
    public async Task WithoutTheKeyThereIsNoDrill()
    {
        using var client = new HttpClient();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            using var request = new HttpRequestMessage(method, shop.LabUrl("/api/drill"))
            {
                Content = method == HttpMethod.Put ? JsonContent.Create(new { level = 1, seed = 1 }) : null,
            };
            using var response = await client.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    // The names of all cases are everywhere; what must be nowhere is a variant, and what a case holds.
    private async Task NothingNamesItAsync(IPage page, string service, string study)
    {
        await page.GotoAsync(shop.LabUrl("/cases").AbsoluteUri);
        await Assertions.Expect(page.Locator(".cases tbody").GetByText("Hidden").First).ToBeVisibleAsync();
        Assert.DoesNotContain("Leaky", await page.Locator(".cases tbody").InnerTextAsync(), StringComparison.Ordinal);
        await page.GotoAsync(shop.LabUrl($"/cases/{study}").AbsoluteUri);
        await Assertions.Expect(page.Locator(".case-switch strong")).ToHaveTextAsync("Hidden");
        Assert.DoesNotMatch("holds [0-9]", await page.Locator(".case-switch").InnerTextAsync());
        await page.GotoAsync(shop.LabUrl($"/live/{service}").AbsoluteUri);
        await Assertions.Expect(page.GetByText("not told while a drill is on")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Marks" })).ToContainTextAsync("drill started");
        // The newest mark is first: what was switched before the drill may be told.
        var told = (await page.Locator("main").InnerTextAsync()).Split("drill started")[0];
        Assert.DoesNotContain("Leaky", told, StringComparison.Ordinal);
        using var lab = await shop.LabAsync(service);
        Assert.DoesNotContain("\"variant\":\"Leaky\"", await lab.GetStringAsync("/lab/cases", Cancellation), StringComparison.Ordinal);
        await Eventually.ReadAsync(
            () => lab.GetStringAsync("/metrics", Cancellation),
            text => !text.Contains("shop_case_variant{", StringComparison.Ordinal),
            $"no metric of {service} to name a case");
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        await page.SetViewportSizeAsync(390, 900);
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var result = await page.RunAxe(AccessibilityTests.Rules);
            Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
        }
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 390);
    }

    private static async Task AnswerAsync(IPage page, string service, string study, string root)
    {
        await page.GetByLabel("Service").SelectOptionAsync(service);
        await page.GetByLabel("Case").SelectOptionAsync(study);
        await page.GetByLabel("Root").SelectOptionAsync(root);
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
    }

    private async Task<(string Output, string Error)> RunAsync(int exitCode, params string[] arguments)
    {
        var (code, output, error) = await LabProcess.RunAsync(
            ["drill", .. arguments, "--page", shop.LabUrl("/").AbsoluteUri, "--key", await shop.App.LabKeyAsync()]);
        Assert.True(code == exitCode, $"{code}: {output} {error}");
        return (output, error);
    }
}
