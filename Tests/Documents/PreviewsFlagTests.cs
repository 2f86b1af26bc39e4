using System.Net;
using System.Net.Http.Headers;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The flag on the running Shop: how many previews are retained, and that only its owner can read a cached one.</summary>
public sealed class PreviewsFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Documents = 2 * ShopFixture.PreviewsCapacity;

    /// <summary>Reads each preview rendered without a cache, rendered, and from the cache; and then as another customer.</summary>
    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var owner = await TestCustomer.LogInAsync(Shop.App, "previews-owner");
        using var stranger = await TestCustomer.LogInAsync(Shop.App, "previews-stranger");
        for (var index = 0; index < Documents; index++)
        {
            var route = $"/documents/{await owner.UploadAsync()}/preview";
            var preview = await ReadAsync(owner, route, isStored: false);
            Assert.Equal(10_240, preview.Length);
            Assert.Equal(preview, await ReadAsync(owner, route, isStored: true));
            Assert.Equal(preview, await ReadAsync(owner, route, isStored: true));
            using var response = await stranger.Documents.GetAsync(route, Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Leaky ? (Documents, Documents) : (1, ShopFixture.PreviewsCapacity);

    /// <summary>The healthy control of the proof: what is not stored is not held, whichever variant is selected.</summary>
    [Fact]
    public async Task APreviewThatMayNotBeStoredIsNotHeld()
    {
        using var lab = await Shop.LabAsync(Study.Service);
        using var customer = await TestCustomer.LogInAsync(Shop.App, "previews-no-store");
        await SwitchAsync(CaseVariant.Leaky);
        await lab.ResetCaseAsync(Study.Id);
        await ReadAsync(customer, $"/documents/{await customer.UploadAsync()}/preview", isStored: false);

        Assert.Equal(0, await lab.HeldItemsAsync(Study.Id));
    }

    private static async Task<string> ReadAsync(TestCustomer customer, string route, bool isStored)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, route);
        if (!isStored)
            request.Headers.CacheControl = new CacheControlHeaderValue { NoStore = true };
        using var response = await customer.Documents.SendAsync(request, Cancellation);
        Assert.Equal(("text/plain; charset=utf-8", HttpStatusCode.OK),
            (response.Content.Headers.ContentType?.ToString(), response.StatusCode));
        return await response.Content.ReadAsStringAsync(Cancellation);
    }
}
