using System.Net;

namespace Shop.Tests.Lab.Page;

/// <summary>A browser's cookie after a restart of the page's server.</summary>
public sealed class LabKeyTests
{
    private const string OtherKey = "started with another key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACookieIsValidAsLongAsTheKeyIsTheSame()
    {
        using var browser = new HttpClient();
        await using (var lab = Start("one"))
        {
            var page = await lab.ReadAddressAsync();
            using var form = new FormUrlEncodedContent([new("key", "one")]);
            using var entered = await browser.PostAsync(new Uri(page, "/key"), form, Cancellation);
            Assert.Equal(HttpStatusCode.NoContent, entered.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, (await OpenAsync("one")).Status);
        var (status, text) = await OpenAsync("two");
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains(OtherKey, text, StringComparison.Ordinal);

        async Task<(HttpStatusCode Status, string Text)> OpenAsync(string key)
        {
            await using var lab = Start(key);
            using var response = await browser.GetAsync(await lab.ReadAddressAsync(), Cancellation);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Fact]
    public async Task ABrowserWithoutACookieIsAskedForTheKeyOnly()
    {
        await using var lab = Start("one");
        using var browser = new HttpClient();
        using var response = await browser.GetAsync(await lab.ReadAddressAsync(), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.DoesNotContain(OtherKey, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static LabProcess Start(string key) => LabProcess.Start(["page", "--key", key], ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
}
