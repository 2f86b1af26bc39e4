using Microsoft.Playwright;
using Shop.Tests.AppHost;

namespace Shop.Tests.Page;

/// <summary>axe finds no violation of WCAG 2.1 AA and of its best practices, and no page is wider than a phone.</summary>
[RunningShop]
public sealed class AccessibilityTests(ShopFixture shop, Browser browser) : IClassFixture<Browser>
{
    [Theory]
    [MemberData(nameof(PageAccessTests.Paths), MemberType = typeof(PageAccessTests))]
    public async Task APageHasNoViolationAndFitsItsScreen(string path)
    {
        var page = await browser.OpenLabAsync(shop, path);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        if (path.StartsWith("/live", StringComparison.Ordinal))
            await Assertions.Expect(page.Locator(".rz-chart path").First).ToBeAttachedAsync();

        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 390) })
            await page.AssertAccessibleAsync(scheme, width);
    }

    [Fact]
    public async Task TheKeyPageHasNoViolation()
    {
        var page = await browser.OpenAsync();
        await page.GotoAsync(shop.LabUrl("/").AbsoluteUri);

        await page.AssertAccessibleAsync(ColorScheme.Light, 1280);
    }
}
