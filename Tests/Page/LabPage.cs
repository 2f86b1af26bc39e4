using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.Testing;
using Microsoft.Playwright;
using Shop.Tests.AppHost;

namespace Shop.Tests.Page;

/// <summary>The Lab's page of the running Shop in a browser.</summary>
internal static partial class LabPage
{
    private static readonly TimeSpan MaxChange = TimeSpan.FromMinutes(2);

    /// <summary>Opens a page by a link with the key, as the dashboard's.</summary>
    public static async Task<IPage> OpenLabAsync(this Browser browser, ShopFixture shop, string path, int width = 1280,
        ColorScheme scheme = ColorScheme.Light)
    {
        var page = await browser.OpenAsync(width, scheme);
        await page.GotoAsync($"{shop.LabUrl(path)}#{await shop.App.LabKeyAsync()}");
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

    /// <summary>Presses a button.</summary>
    public static Task PressAsync(this IPage page, string button)
        => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>The address of a page.</summary>
    public static Uri LabUrl(this ShopFixture shop, string path) => new(shop.App.GetEndpoint("lab", "http"), path);

    /// <summary>Waits until the value that a chart shows last fulfils a condition.</summary>
    public static async Task<double> WaitForValueAsync(this IPage page, string chart, Func<double, bool> isDone, string description)
    {
        var value = page.Locator("figure", new() { HasText = chart }).Locator(".now").First;
        return await Eventually.ReadAsync(async () => Parse(await value.InnerTextAsync()), isDone, description, MaxChange);
    }

    private static double Parse(string text)
        => double.TryParse(Number().Match(text).Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            ? value
            : double.NaN;

    [GeneratedRegex(@"[\d,.]+")]
    private static partial Regex Number();
}
