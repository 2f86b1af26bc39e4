using System.Net;

namespace Shop.Tests.Lab.Page;

/// <summary>The charts on the page's server, which runs in a process of its own.</summary>
public sealed class CaseChartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AChartIsServedToWhoeverHasTheCookie()
    {
        await using var lab = LabProcess.Start(["page", "--key", "key"], ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        using var browser = new HttpClient { BaseAddress = await lab.ReadAddressAsync() };
        var chart = new Uri("/cases/DocumentEvents/chart.svg", UriKind.Relative);
        using var withoutKey = await browser.GetAsync(chart, Cancellation);
        using var form = new FormUrlEncodedContent([new("key", "key")]);
        using var entered = await browser.PostAsync(new Uri("/key", UriKind.Relative), form, Cancellation);
        using var withKey = await browser.GetAsync(chart, Cancellation);
        using var unknown = await browser.GetAsync(new Uri("/cases/README/chart.svg", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, withoutKey.StatusCode);
        Assert.Equal((HttpStatusCode.OK, "image/svg+xml"), (withKey.StatusCode, withKey.Content.Headers.ContentType!.MediaType));
        Assert.Contains("<svg", await withKey.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", withKey.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}
