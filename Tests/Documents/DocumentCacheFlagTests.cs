using System.Net;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The flag on the running Shop: how many documents are retained, and that only its owner can read a cached document.</summary>
public sealed class DocumentCacheFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Documents = 2 * ShopFixture.DocumentCacheCapacity;

    /// <summary>Reads each document twice, the second time possibly from the cache, and then as another customer.</summary>
    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var owner = await TestCustomer.LogInAsync(Shop.App, "cache-owner");
        using var stranger = await TestCustomer.LogInAsync(Shop.App, "cache-stranger");
        for (var index = 0; index < Documents; index++)
        {
            var route = $"/documents/{await owner.UploadAsync()}";
            var document = await owner.Documents.GetStringAsync(route, Cancellation);
            Assert.Equal(document, await owner.Documents.GetStringAsync(route, Cancellation));
            Assert.DoesNotContain("cache-owner", document, StringComparison.Ordinal);
            await Assert404Async(stranger, route);
        }
        await Assert404Async(owner, $"/documents/{Guid.NewGuid()}");
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Leaky ? (Documents, Documents) : (1, ShopFixture.DocumentCacheCapacity);

    private static async Task Assert404Async(TestCustomer customer, string route)
    {
        using var response = await customer.Documents.GetAsync(route, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
