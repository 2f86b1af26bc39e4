using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shop.Tests.AppHost;

namespace Shop.Tests.Page;

/// <summary>axe finds no violation of WCAG 2.1 AA and of its best practices, and no page is wider than a phone.</summary>
[RunningShop]
public sealed class AccessibilityTests(ShopFixture shop, Browser browser) : IClassFixture<Browser>
{
    internal static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] },
    };

    public static TheoryData<string, ColorScheme, int> Pages()
    {
        var pages = new TheoryData<string, ColorScheme, int>();
        foreach (var path in PageAccessTests.Paths().Select(path => path.Data))
        {
            pages.Add(path, ColorScheme.Light, 1280);
            pages.Add(path, ColorScheme.Dark, 390);
        }
        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task APageHasNoViolationAndFitsItsScreen(string path, ColorScheme scheme, int width)
    {
        var page = await browser.OpenLabAsync(shop, path, width, scheme);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        if (path.StartsWith("/live", StringComparison.Ordinal))
            await Assertions.Expect(page.Locator(".rz-chart path").First).ToBeAttachedAsync();

        var result = await page.RunAxe(Rules);
        Assert.Empty(result.Violations.Select(violation => $"{violation.Id}: {violation.Nodes[0].Html}"));
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
    }

    [Fact]
    public async Task TheKeyPageHasNoViolation()
    {
        var page = await browser.OpenAsync();
        await page.GotoAsync(shop.LabUrl("/").AbsoluteUri);

        Assert.Empty((await page.RunAxe(Rules)).Violations.Select(violation => violation.Id));
    }
}
