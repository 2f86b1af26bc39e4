using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Playwright;
using Shop.Lab.Drills;
using Shop.Tests.AppHost;

namespace Shop.Tests.Page;

/// <summary>A drill on the page.</summary>
[RunningShop]
public sealed class DrillPageTests(ShopFixture shop, Browser browser) : IClassFixture<Browser>, IAsyncLifetime
{
    private const int Seed = 7;
    private static readonly string[] Forgotten = ["DocumentEvents"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => shop.EndDrillAsync();

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
        await page.AnswerDrillAsync(study.Service, study.Id, DrillChoices.NoRoot);
        await Assertions.Expect(page.GetByText("Wrong:")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await page.AnswerDrillAsync(study.Service, study.Id, DrillChoices.RootOf(study));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Result" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Solved:")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(study.RetentionPath!)).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Leaky and Fixed side by side" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = study.Id })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".case-switch strong")).ToHaveTextAsync("Fixed");
        await Assertions.Expect(page.Locator(".diff .code").First).ToBeVisibleAsync();
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
        Assert.Contains("did not start", (await shop.RunDrillAsync(1, "start")).Error, StringComparison.Ordinal);
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

    private static async Task AssertAccessibleAsync(IPage page)
    {
        foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
            await page.AssertAccessibleAsync(scheme, 390);
    }
}
