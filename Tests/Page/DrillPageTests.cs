using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Playwright;
using Shop.Documents.FileWatchers;
using Shop.Documents.Previews;
using Shop.Documents.Reports;
using Shop.Lab;
using Shop.Lab.Drills;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Lab;

namespace Shop.Tests.Page;

/// <summary>A drill on the page and on the command line, which share it.</summary>
[RunningShop]
public sealed class DrillPageTests(ShopFixture shop, Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const int Seed = 7;
    private const int Previews = 40;
    private static readonly string[] Forgotten = ["DocumentEvents"];

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
        var seed = SeedOf(level: 2, "Reports");
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

    /// <summary>One is found on the page, the other on the command line; each leaks until then.</summary>
    [Fact]
    public async Task ADrillOfTwoCasesIsOnUntilBothAreFound()
    {
        var (watchers, previews) = (FileWatchersCase.Study, PreviewsCase.Study);
        var seed = SeedOf(Drill.MaxLevel, watchers.Id, previews.Id);
        var page = await browser.OpenLabAsync(shop, "/drill");
        await page.GetByLabel("Level").SelectOptionAsync($"{Drill.MaxLevel}");
        await page.GetByLabel("Seed").FillAsync($"{seed}");
        await page.PressAsync("Start a drill");
        await Assertions.Expect(page.GetByText("0 of 2")).ToBeVisibleAsync();
        await AssertBothLeakAsync();

        await AnswerAsync(page, watchers.Service, watchers.Id, DrillChoices.NoRoot);
        await Assertions.Expect(page.GetByText("Right. There is another one.")).ToBeVisibleAsync();
        await AnswerAsync(page, watchers.Service, watchers.Id, DrillChoices.NoRoot);
        await Assertions.Expect(page.GetByText("This one was found already")).ToBeVisibleAsync();
        Assert.Contains("1 of 2 found", (await RunAsync(0, "status")).Output, StringComparison.Ordinal);
        await AssertBothLeakAsync();

        var solved = await RunAsync(0, "answer", previews.Service, previews.Id, DrillChoices.RootOf(previews));
        Assert.Contains("2 of 2 found; ", solved.Output, StringComparison.Ordinal);
        Assert.Contains(" 0 wrong guesses", solved.Output, StringComparison.Ordinal);
        Assert.Contains(previews.RetentionPath!, solved.Output, StringComparison.Ordinal);
        foreach (var study in new[] { watchers, previews })
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"{study.Id} in documents" })).ToBeVisibleAsync();
        using var documents = await shop.LabAsync("documents");
        Assert.Equal(0, await documents.HeldItemsAsync(watchers.Id));
        Assert.Equal(0, await documents.HeldItemsAsync(previews.Id));
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
        using var documents = await shop.LabAsync("documents");
        using var started = await documents.PutAsJsonAsync("/lab/drill", new { cases = Forgotten }, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, started.StatusCode);
        using var customer = await TestCustomer.LogInAsync(shop.App, "forgotten");
        await customer.Documents.GetStringAsync("/documents", Cancellation);
        Assert.Contains("did not start", (await RunAsync(1, "start")).Error, StringComparison.Ordinal);
        var page = await browser.OpenLabAsync(shop, "/drill");
        await page.GetByRole(AriaRole.Button, new() { Name = "End it" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Start a drill" })).ToBeVisibleAsync();
        await Eventually.ReadAsync(
            () => documents.GetStringAsync("/lab/cases", Cancellation),
            cases => !cases.Contains("Hidden", StringComparison.Ordinal),
            "documents to show its cases again");
        Assert.Equal(0, await documents.HeldItemsAsync(Forgotten.Single()));
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
        foreach (var button in new[] { "Fixed", "Reset" })
        {
            await page.PressAsync(button);
            await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A drill is on");
        }
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

    // Nothing tells what the cases hold: the one holds inotify instances, the other 20 KB of text for each document.
    private async Task AssertBothLeakAsync()
    {
        using var documents = await shop.LabAsync("documents");
        using var customer = await TestCustomer.LogInAsync(shop.App, "drill-of-two");
        var process = (await documents.GetFromJsonAsync<JsonElement>("/lab/process", Cancellation)).GetProperty("processId").GetInt32();
        var id = await customer.UploadAsync();
        await customer.Documents.GetStringAsync($"/documents/{id}", Cancellation);
        var instances = ProcessHandles.Count(process, HandleResource.InotifyInstances);
        await customer.Documents.GetStringAsync($"/documents/{id}", Cancellation);
        Assert.Equal(instances + 1, ProcessHandles.Count(process, HandleResource.InotifyInstances));

        // The rest of the heap moves too: once it shrank by as much as a batch retains.
        var (before, count) = (await documents.HeapAfterCollectionAsync(), 0);
        await Eventually.ReadAsync(async () =>
        {
            for (var index = 0; index < Previews; index++, count++)
                await customer.Documents.GetStringAsync($"/documents/{await customer.UploadAsync()}/preview", Cancellation);
            return await documents.HeapAfterCollectionAsync() - before;
        }, grown => grown > count * PreviewsCase.Study.Evidence.Expected / 2, "the previews to be retained");
    }

    private static int SeedOf(int level, params string[] cases)
        => Enumerable.Range(0, int.MaxValue).First(
            seed => Drill.Pick(level, seed).Cases.Select(study => study.Id).ToHashSet().SetEquals(cases));

    private static async Task AssertAccessibleAsync(IPage page)
    {
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
            await page.AssertAccessibleAsync(scheme, 390);
    }

    private static async Task AnswerAsync(IPage page, string service, string study, string root)
    {
        await page.GetByLabel("Service").SelectOptionAsync(service);
        // What was chosen for the service before is cleared first.
        await Assertions.Expect(page.GetByLabel("Case")).ToHaveValueAsync("");
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
