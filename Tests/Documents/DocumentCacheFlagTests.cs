using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Tests.AppHost;
using Shop.Tests.Hostile;

namespace Shop.Tests.Documents;

/// <summary>The flag on the running Shop: how many documents are retained, and that only its owner can read a cached document.</summary>
[RunningShop]
public sealed class DocumentCacheFlagTests(ShopFixture shop)
{
    private const string Case = "DocumentCache";
    private const int Documents = 2 * ShopFixture.DocumentCacheCapacity;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LeakyRetainsEveryDocumentAndFixedStaysWithinItsBound()
    {
        using var lab = await shop.LabAsync("documents");
        using var owner = await TestCustomer.LogInAsync(shop.App, "cache-owner");
        using var stranger = await TestCustomer.LogInAsync(shop.App, "cache-stranger");
        try
        {
            await lab.ResetCaseAsync(Case);
            await lab.SwitchCaseAsync(Case, "Leaky");
            await UploadAndReadAsync(owner, stranger);
            Assert.Equal(Documents, await lab.HeldItemsAsync(Case));

            await lab.SwitchCaseAsync(Case, "Published");
            await UploadAndReadAsync(owner, stranger);
            Assert.InRange(await lab.HeldItemsAsync(Case), Documents + 1, Documents + ShopFixture.DocumentCacheCapacity);

            await lab.ResetCaseAsync(Case);
            await lab.SwitchCaseAsync(Case, "Fixed");
            await UploadAndReadAsync(owner, stranger);
            Assert.InRange(await lab.HeldItemsAsync(Case), 1, ShopFixture.DocumentCacheCapacity);
        }
        finally
        {
            await lab.SwitchCaseAsync(Case, "Fixed");
            await lab.ResetCaseAsync(Case);
        }
        Assert.Equal(0, await lab.HeldItemsAsync(Case));
    }

    /// <summary>Reads each document twice, the second time possibly from the cache, and then as another customer.</summary>
    private static async Task UploadAndReadAsync(TestCustomer owner, TestCustomer stranger)
    {
        for (var index = 0; index < Documents; index++)
        {
            var route = $"/documents/{await UploadAsync(owner)}";
            var document = await owner.Documents.GetStringAsync(route, Cancellation);
            Assert.Equal(document, await owner.Documents.GetStringAsync(route, Cancellation));
            Assert.DoesNotContain("cache-owner", document, StringComparison.Ordinal);
            await Assert404Async(stranger, route);
        }
        await Assert404Async(owner, $"/documents/{Guid.NewGuid()}");
    }

    private static async Task<Guid> UploadAsync(TestCustomer customer)
    {
        using var content = new ByteArrayContent(HostilePng.Valid());
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        using var response = await customer.Documents.PostAsync("/documents", content, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("documentId").GetGuid();
    }

    private static async Task Assert404Async(TestCustomer customer, string route)
    {
        using var response = await customer.Documents.GetAsync(route, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
