using System.Net;
using Microsoft.Playwright;
using Shop.Tests.AppHost;

namespace Shop.Tests.Page;

/// <summary>Who sees the page.</summary>
[RunningShop]
public sealed class PageAccessTests(ShopFixture shop, Browser browser) : IClassFixture<Browser>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Paths()
        => ["/", "/live/documents", "/cases", "/cases/DocumentEvents", "/load", "/drill", "/not-there"];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task WithoutTheKeyAPageShowsNothingButTheQuestionForIt(string path)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(shop.LabUrl(path), Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("Lab key", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fixed", text, StringComparison.Ordinal);
        Assert.DoesNotContain("_blazor", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutTheKeyNoConnectionIsMade()
    {
        using var client = new HttpClient();
        using var response = await client.PostAsync(shop.LabUrl("/_blazor/negotiate?negotiateVersion=1"), null, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task AWrongKeyIsRefusedAndTheRightOneOpensThePageThatWasAskedFor()
    {
        var page = await browser.OpenAsync();
        await page.GotoAsync(shop.LabUrl("/live/documents").AbsoluteUri);
        await page.GetByLabel("Lab key").FillAsync("wrong");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the lab key");

        await page.GetByLabel("Lab key").FillAsync(await shop.App.LabKeyAsync());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "documents" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task TheLinksKeyStaysInNeitherTheAddressNorTheHistory()
    {
        var page = await browser.OpenLabAsync(shop, "/");

        Assert.Equal(shop.LabUrl("/"), new Uri(page.Url));
        Assert.DoesNotContain(await shop.App.LabKeyAsync(), await page.ContentAsync(), StringComparison.Ordinal);
        await page.GoBackAsync();
        Assert.DoesNotContain(await shop.App.LabKeyAsync(), page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Host", "evil.example")]
    public async Task AForeignHostOrOriginReturns403(string header, string value)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, shop.LabUrl("/key"))
        {
            Content = new FormUrlEncodedContent([new("key", await shop.App.LabKeyAsync())]),
        };
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    /// <summary>The browser reports on its console what the policy forbids.</summary>
    [Fact]
    public async Task NothingOnThePagesIsAgainstTheirContentSecurityPolicy()
    {
        var page = await browser.OpenLabAsync(shop, "/");
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };
        foreach (var path in Paths().Select(path => path.Data))
        {
            var response = await page.GotoAsync(shop.LabUrl(path).AbsoluteUri);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            var policy = response!.Headers["content-security-policy"];
            Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(errors, error => !error.Contains("404", StringComparison.Ordinal));
    }
}
