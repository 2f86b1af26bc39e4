using Aspire.Hosting.ApplicationModel;
using Microsoft.Playwright;
using Shop.Tests.AppHost;
using Shop.Tests.Monitoring;

namespace Shop.Tests.Page;

/// <summary>What the page shows of the running services.</summary>
[RunningShop]
public sealed class LivePageTests(ShopFixture shop, Browser browser) : IClassFixture<Browser>, IAsyncDisposable
{
    private const string Case = "DocumentEvents";
    private const string Chart = "Live heap, MB";
    // A diagnosis takes half a minute, and longer beside others on a busy machine.
    private static readonly LocatorAssertionsToContainTextOptions Patient = new() { Timeout = 180_000 };

    public async ValueTask DisposeAsync() => await shop.App.StopLoadAsync();

    /// <summary>What a newcomer does, by the page alone.</summary>
    [Fact]
    public async Task TheLineRisesUnderLeakyStaysUnderFixedAndFallsAfterReset()
    {
        var page = await browser.OpenLabAsync(shop, "/load");
        await page.PressAsync("Start");
        var live = await page.OpenTabAsync(shop, "/live/documents");
        var study = await page.OpenTabAsync(shop, $"/cases/{Case}");
        await SwitchAsync(study, "Leaky");
        await MarkedAsync(live, $"{Case} Leaky");
        var before = await live.WaitForValueAsync(Chart, value => value > 0, "a first full collection");
        await live.WaitForValueAsync(Chart, value => value >= before + 1, $"the live heap to grow from {before} MB");
        await study.PressAsync("Diagnose");
        await Assertions.Expect(study.GetByRole(AriaRole.Log)).ToContainTextAsync("LEAK", Patient);
        await Assertions.Expect(study.GetByRole(AriaRole.Log)).ToContainTextAsync("singleton DocumentEventBus.DocumentProcessed");

        await SwitchAsync(study, "Fixed");
        await MarkedAsync(live, $"{Case} Fixed");
        await page.PressAsync("Stop");
        await study.PressAsync("Collect garbage");
        await MarkedAsync(live, "garbage collected");
        var held = await live.WaitForValueAsync($"{Case} holds", value => value > 0, "the leaked requests");
        var grown = await live.WaitForValueAsync(Chart, value => value > before, "the leak to stay");

        await study.PressAsync("Reset");
        await MarkedAsync(live, $"{Case} reset");
        await live.WaitForValueAsync($"{Case} holds", value => value < held, "nothing to be held");
        await live.WaitForValueAsync(Chart, value => value < grown, $"the live heap to fall from {grown} MB");
    }

    [Fact]
    public async Task AServiceThatIsStoppedIsAwayAndItsChartGoesOnWhenItIsBack()
    {
        var page = await browser.OpenLabAsync(shop, "/live/payments");
        var tab = page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Live" });
        await Assertions.Expect(tab).ToHaveAttributeAsync("aria-current", "page");
        await Assertions.Expect(page.Locator(".rz-chart path").First).ToBeAttachedAsync();
        await shop.App.CommandAsync("payments", KnownResourceCommands.StopCommand);
        await Assertions.Expect(page.GetByText("Away:")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".rz-chart path").First).ToBeAttachedAsync();

        await shop.App.CommandAsync("payments", KnownResourceCommands.StartCommand);
        await shop.App.WaitForHealthyAsync("payments");
        await MarkedAsync(page, "restarted");
        await Assertions.Expect(page.GetByText("Away:")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task TheAlertsOfPrometheusAreRead()
    {
        using var prometheus = await PrometheusClient.ConnectAsync(shop.App);
        var page = await browser.OpenLabAsync(shop, "/");
        var alerts = page.GetByRole(AriaRole.Region, new() { Name = "Alerts" });

        await Assertions.Expect(alerts).ToBeVisibleAsync();
        await Assertions.Expect(alerts.GetByText("Prometheus cannot be read")).ToBeHiddenAsync();
    }

    /// <summary>The server does not know the page any more, but the key of its cookie.</summary>
    [Fact]
    public async Task APageThatIsOpenWhileTheLabRestartsGoesOn()
    {
        var page = await browser.OpenLabAsync(shop, "/live/orders");
        await shop.App.CommandAsync("lab", KnownResourceCommands.StopCommand);
        await Assertions.Expect(page.GetByText("The Lab does not answer")).ToBeVisibleAsync();
        await shop.App.CommandAsync("lab", KnownResourceCommands.StartCommand);
        await shop.App.WaitForHealthyAsync("lab");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "orders" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".rz-chart path").First).ToBeAttachedAsync();
    }

    // A press is lost while the page cannot read the service, which disables its buttons: a user presses again, and so does this.
    private static async Task SwitchAsync(IPage study, string variant)
    {
        const int presses = 3;
        var status = study.Locator(".case-switch").GetByRole(AriaRole.Status);
        for (var press = 1; ; press++)
        {
            await study.PressAsync(variant);
            try
            {
                await Assertions.Expect(status).ToContainTextAsync($"{Case} is {variant} now.", new() { Timeout = 20_000 });
                return;
            }
            catch (PlaywrightException) when (press < presses)
            {
                TestContext.Current.SendDiagnosticMessage($"Pressed {variant} in vain: {await study.InnerTextAsync(".case-switch")}");
            }
        }
    }

    private static async Task MarkedAsync(IPage page, string text)
        => await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Marks" })).ToContainTextAsync(text);
}
