using Aspire.Hosting.ApplicationModel;
using Shop.Documents.DocumentEvents;

namespace Shop.Tests.AppHost;

/// <summary>What a newcomer does first: load on, Leaky, watch it grow, Fixed, reset.</summary>
[RunningShop]
public sealed class GrowthTests(ShopFixture shop) : IAsyncDisposable
{
    private const string Case = "DocumentEvents";
    // Half of what an operation retains.
    private static readonly double MinLeakedBytes = DocumentEventsCase.Study.Evidence.Expected!.Value / 2;

    private static readonly double MinGrowth = 1_000 * MinLeakedBytes;
    private static readonly TimeSpan MaxGrowth = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync() => await shop.App.StopLoadAsync();

    [Fact]
    public async Task TheHeapOfDocumentsGrowsUnderLeakyStopsUnderFixedAndIsFreedByReset()
    {
        using var lab = await shop.LabAsync("documents");
        using var customer = await TestCustomer.LogInAsync(shop.App, "growth");
        await RequestAsync(customer, 300);
        var before = await lab.HeapAfterCollectionAsync();

        await lab.SwitchCaseAsync(Case, "Leaky");
        await shop.App.StartLoadAsync();
        await Eventually.ReadAsync(() => lab.HeldItemsAsync(Case), items => items >= 1_000,
            "1,000 requests of the load to leak", MaxGrowth);
        // Pools and caches may shrink at the same time.
        await Eventually.ReadAsync(lab.HeapAfterCollectionAsync, heap => heap - before >= MinGrowth,
            $"the heap of documents, {before} bytes before, to grow by {MinGrowth}", MaxGrowth);
        await lab.SwitchCaseAsync(Case, "Fixed");
        // Requests in flight are held too: without the load there are none.
        await shop.App.StopLoadAsync();
        var held = await SettledItemsAsync(lab);
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

    // The load's last requests end soon after it: then two reads agree.
    private static async Task<long> SettledItemsAsync(HttpClient lab)
    {
        var last = -1L;
        return await Eventually.ReadAsync(() => lab.HeldItemsAsync(Case), items =>
        {
            var settled = items == last;
            last = items;
            return settled;
        }, "the last requests of the load to end");
    }

    private static async Task RequestAsync(TestCustomer customer, int requests)
    {
        for (var index = 0; index < requests; index++)
            await customer.Documents.GetStringAsync("/documents", Cancellation);
    }
}
