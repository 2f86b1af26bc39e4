using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Documents;

/// <summary>The flag on the running Shop: how many requests are retained.</summary>
public sealed class DocumentEventsFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Requests = 20;

    /// <summary>Another request may be in flight.</summary>
    private protected override long Late => 1;

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, "document-events");
        for (var request = 0; request < Requests; request++)
            await customer.Documents.GetStringAsync("/documents", Cancellation);
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Leaky ? (Requests, Requests) : (0, 0);
}
