using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Sessions;

/// <summary>The flag on the running Shop: which sockets stay registered after their connection was lost.</summary>
public sealed class ConnectionsFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const int Lost = 5;

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var lab = await Shop.LabAsync(Study.Service);
        var before = await lab.HeldItemsAsync(Study.Id);
        for (var index = 0; index < Lost; index++)
        {
            using var customer = await TestCustomer.LogInAsync(Shop.App, $"connections-{variant}-{index}");
            using var socket = await customer.OpenSocketAsync();
            socket.Abort();
        }
        await Eventually.ReadAsync(
            () => lab.HeldItemsAsync(Study.Id), held => held - before == Holds(variant).Least, "the connections to end");
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant)
        => variant == CaseVariant.Leaky ? (Lost, Lost) : (0, 0);
}
