using System.Diagnostics;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>An audit counts only what was ordered after its start.</summary>
[RunningShop(Part.Faults)]
public sealed class OrderAuditTests(ShopFixture shop)
{
    [Fact]
    public async Task AnOrderThatWasPendingBeforeIsNotCounted()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "before-the-audit");
        var earlier = await customer.PlaceOrderAsync();
        using var audit = await OrderAudit.StartAsync(shop.App);

        await customer.WaitForOutcomeAsync(earlier);
        var wave = await OrderWave.PrepareAsync(shop.App, "audited", size: 1);
        wave.Start(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, (await audit.VerifyAsync(Stopwatch.GetTimestamp(), wave)).Charges);
    }
}
