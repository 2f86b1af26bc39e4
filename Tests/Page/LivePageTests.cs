using Aspire.Hosting.ApplicationModel;
using Microsoft.Playwright;
using Shop.Tests.AppHost;

namespace Shop.Tests.Page;

/// <summary>What the page shows of the running services.</summary>
[RunningShop]
public sealed class LivePageTests(ShopFixture shop, Browser browser) : IClassFixture<Browser>, IAsyncDisposable
{
    private const string Case = "DocumentEvents";
    private const string Chart = "Live heap, MB";

    public async ValueTask DisposeAsync() => await shop.App.StopLoadAsync();

    [Fact]
    public async Task TheLineRisesUnderLeakyStaysUnderFixedAndFallsAfterReset()
    {
        var page = await browser.OpenLabAsync(shop, "/live/documents");
        using var lab = await shop.LabAsync("documents");
        await shop.App.StartLoadAsync();
        await lab.SwitchCaseAsync(Case, "Leaky");
        var before = await page.WaitForValueAsync(Chart, value => value > 0, "a first full collection");
        await page.WaitForValueAsync(Chart, value => value >= before + 1, $"the live heap to grow from {before} MB");
        await MarkedAsync(page, $"{Case} Leaky");

        await lab.SwitchCaseAsync(Case, "Fixed");
        await MarkedAsync(page, $"{Case} Fixed");
        var held = await page.WaitForValueAsync($"{Case} holds", value => value > 0, "the leaked requests");
        await shop.App.StopLoadAsync();
        await lab.HeapAfterCollectionAsync();
        await MarkedAsync(page, "garbage collected");
        var grown = await page.WaitForValueAsync(Chart, value => value > before, "the leak to stay");

        await lab.ResetCaseAsync(Case);
        await MarkedAsync(page, $"{Case} reset");
        await page.WaitForValueAsync($"{Case} holds", value => value < held, "nothing to be held");
        await page.WaitForValueAsync(Chart, value => value < grown, $"the live heap to fall from {grown} MB");
    }

    [Fact]
    public async Task AServiceThatIsStoppedIsAwayAndItsChartGoesOnWhenItIsBack()
    {
        var page = await browser.OpenLabAsync(shop, "/live/payments");
        await Assertions.Expect(page.Locator(".rz-chart path").First).ToBeAttachedAsync();
        await shop.App.CommandAsync("payments", KnownResourceCommands.StopCommand);
        await Assertions.Expect(page.GetByText("Away:")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".rz-chart path").First).ToBeAttachedAsync();

        await shop.App.CommandAsync("payments", KnownResourceCommands.StartCommand);
        await shop.App.WaitForHealthyAsync("payments");
        await MarkedAsync(page, "restarted");
        await Assertions.Expect(page.GetByText("Away:")).ToBeHiddenAsync();
    }

    /// <summary>The server knows neither the page nor its cookie any more.</summary>
    [Fact]
    public async Task APageThatIsOpenWhileTheLabRestartsAsksForTheKeyAgain()
    {
        var page = await browser.OpenLabAsync(shop, "/live/orders");
        await shop.App.CommandAsync("lab", KnownResourceCommands.StopCommand);
        await Assertions.Expect(page.GetByText("The Lab does not answer")).ToBeVisibleAsync();
        await shop.App.CommandAsync("lab", KnownResourceCommands.StartCommand);
        await shop.App.WaitForHealthyAsync("lab");
        await page.GetByLabel("Lab key").FillAsync(await shop.App.LabKeyAsync());
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "orders" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".rz-chart path").First).ToBeAttachedAsync();
    }

    private static async Task MarkedAsync(IPage page, string text)
        => await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Marks" })).ToContainTextAsync(text);
}
