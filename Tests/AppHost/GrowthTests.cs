using Aspire.Hosting.ApplicationModel;
using Shop.Documents.DocumentEvents;

namespace Shop.Tests.AppHost;

/// <summary>
/// Leaky, requests, Fixed, reset: by counts. <c>LivePageTests</c> does the same as a newcomer does, with the load and on the page.
/// </summary>
[RunningShop]
public sealed class GrowthTests(ShopFixture shop)
{
    private const string Case = "DocumentEvents";
    // Half of what an operation retains.
    private static readonly double MinLeakedBytes = DocumentEventsCase.Study.Evidence.Expected!.Value / 2;

    private static readonly double MinGrowth = 1_000 * MinLeakedBytes;
    private static readonly TimeSpan MaxGrowth = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheHeapOfDocumentsGrowsUnderLeakyStopsUnderFixedAndIsFreedByReset()
    {
        using var lab = await shop.LabAsync("documents");
        using var customer = await TestCustomer.LogInAsync(shop.App, "growth");
        await RequestAsync(customer, 300);
        var before = await lab.HeapAfterCollectionAsync();

        await lab.SwitchCaseAsync(Case, "Leaky");
        // Pools and caches may shrink at the same time.
        await Eventually.ReadAsync(
            async () =>
            {
                await RequestAsync(customer, 300);
                return await lab.HeapAfterCollectionAsync();
            },
            heap => heap - before >= MinGrowth, $"the heap of documents, {before} bytes before, to grow by {MinGrowth}", MaxGrowth);
        await lab.SwitchCaseAsync(Case, "Fixed");
        var held = await lab.HeldItemsAsync(Case);
        await RequestAsync(customer, 300);
        Assert.InRange(await lab.HeldItemsAsync(Case) - held, -1, 1);

        var grown = await lab.HeapAfterCollectionAsync();
        await lab.ResetCaseAsync(Case);
        Assert.InRange(await lab.HeldItemsAsync(Case), 0, 1);
        var freed = grown - await lab.HeapAfterCollectionAsync();
        Assert.True(freed >= held * MinLeakedBytes, $"Reset freed only {freed} bytes of {held} leaked requests.");
    }

    [Fact]
    public async Task AServiceThatWasStoppedStartsAgainAndServes()
    {
        await shop.App.CommandAsync("payments", KnownResourceCommands.StopCommand);
        await shop.App.ResourceNotifications.WaitForResourceAsync("payments",
            resource => KnownResourceStates.TerminalStates.Contains(resource.Snapshot.State?.Text), Cancellation);
        using var customer = await TestCustomer.LogInAsync(shop.App, "restart");
        var orderId = await customer.PlaceOrderAsync();
        await shop.App.CommandAsync("payments", KnownResourceCommands.StartCommand);
        await shop.App.WaitForHealthyAsync("payments");

        Assert.NotEqual("Pending", await customer.WaitForOutcomeAsync(orderId));
    }

    private static async Task RequestAsync(TestCustomer customer, int requests)
    {
        for (var index = 0; index < requests; index++)
            await customer.Documents.GetStringAsync("/documents", Cancellation);
    }
}
