using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shop.Tests.AppHost;

namespace Shop.Tests.Page;

/// <summary>The Lab's page of the running Shop in a browser.</summary>
internal static partial class LabPage
{
    private static readonly TimeSpan MaxChange = TimeSpan.FromMinutes(2);
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] },
    };

    /// <summary>Opens a page by a link with the key, as the dashboard's.</summary>
    public static Task<IPage> OpenLabAsync(this Browser browser, ShopFixture shop, string path, int width = 1280,
        ColorScheme scheme = ColorScheme.Light)
        => browser.OpenLabAsync(shop.App, path, width, scheme);

    /// <summary>Opens a page of another Shop.</summary>
    public static async Task<IPage> OpenLabAsync(this Browser browser, DistributedApplication app, string path, int width = 1280,
        ColorScheme scheme = ColorScheme.Light)
    {
        var page = await browser.OpenAsync(width, scheme);
        await page.GotoAsync($"{app.LabUrl(path)}#{await app.LabKeyAsync()}");
        await Assertions.Expect(page.GetByRole(AriaRole.Navigation)).ToBeVisibleAsync();
        return page;
    }

    /// <summary>Opens another page beside one that has the key.</summary>
    public static async Task<IPage> OpenTabAsync(this IPage page, ShopFixture shop, string path)
    {
        var tab = await page.Context.NewPageAsync();
        tab.SetDefaultTimeout(Browser.TimeoutMilliseconds);
        await tab.GotoAsync(shop.LabUrl(path).AbsoluteUri);
        return tab;
    }

    /// <summary>Asserts that axe finds no violation, and that the page is not wider than the screen.</summary>
    public static async Task AssertAccessibleAsync(this IPage page, ColorScheme scheme, int width)
    {
        await page.SetViewportSizeAsync(width, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var result = await page.RunAxe(Rules);
        Assert.Empty(result.Violations.Select(violation => $"{scheme}, {width}: {violation.Id}: {violation.Nodes[0].Html}"));
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
    }

    /// <summary>Presses a button.</summary>
    public static Task PressAsync(this IPage page, string button)
        => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>The address of a page.</summary>
    public static Uri LabUrl(this ShopFixture shop, string path) => shop.App.LabUrl(path);

    /// <summary>Waits until the value that a chart shows last fulfils a condition.</summary>
    public static async Task<double> WaitForValueAsync(this IPage page, string chart, Func<double, bool> isDone, string description)
    {
        var value = page.Locator("figure", new() { HasText = chart }).Locator(".now").First;
        return await Eventually.ReadAsync(async () => Number(await value.InnerTextAsync()), isDone, description, MaxChange);
    }

    private static double Number(string text)
        => double.TryParse(Digits().Match(text).Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? value
            : double.NaN;

    private static Uri LabUrl(this DistributedApplication app, string path) => new(app.GetEndpoint("lab", "http"), path);

    [GeneratedRegex(@"[\d,.]+")]
    private static partial Regex Digits();
}
