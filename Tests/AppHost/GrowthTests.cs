using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Shop.Tests.AppHost;

/// <summary>What a newcomer does first: load on, Leaky, watch it grow, Fixed, reset.</summary>
[Collection(ShopTests.Name)]
public sealed class GrowthTests(ShopFixture shop)
{
    private const string Case = "/lab/cases/DocumentEvents";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheHeapOfDocumentsGrowsUnderLeakyStopsUnderFixedAndIsFreedByReset()
    {
        using var lab = await shop.LabAsync("documents");
        using var customer = await TestCustomer.LogInAsync(shop.App, "growth");
        await CommandAsync("load", KnownResourceCommands.StartCommand);
        try
        {
            // Warm: the first requests allocate what stays.
            await RequestAsync(customer, 300);
            var before = await HeapAfterCollectionAsync(lab);

            await SwitchAsync(lab, "Leaky");
            await Eventually.ReadAsync(() => HeldAsync(lab), held => held >= 1_000, "1,000 requests of the load to leak", TimeSpan.FromMinutes(3));
            var grown = await HeapAfterCollectionAsync(lab);
            Assert.True(grown - before > 1_000_000, $"1,000 leaked requests raised the heap from {before} to {grown} bytes only.");

            await SwitchAsync(lab, "Fixed");
            // Requests that began under Leaky may still end.
            await RequestAsync(customer, 20);
            var stopped = await HeldAsync(lab);
            await RequestAsync(customer, 300);
            Assert.InRange(await HeldAsync(lab) - stopped, -50, 50);

            using (await lab.PostAsync($"{Case}/reset", null, Cancellation))
                Assert.InRange(await HeldAsync(lab), 0, 50);
            var freed = await HeapAfterCollectionAsync(lab);
            Assert.True(grown - freed > (grown - before) / 2, $"Reset freed {grown - freed} of {grown - before} bytes.");
        }
        finally
        {
            await SwitchAsync(lab, "Fixed");
            await CommandAsync("load", KnownResourceCommands.StopCommand);
        }
    }

    [Fact]
    public async Task AServiceThatWasStoppedStartsAgainAndServes()
    {
        await CommandAsync("payments", KnownResourceCommands.StopCommand);
        await shop.App.ResourceNotifications.WaitForResourceAsync("payments", resource => KnownResourceStates.TerminalStates.Contains(resource.Snapshot.State?.Text), Cancellation);
        using var customer = await TestCustomer.LogInAsync(shop.App, "restart");
        var orderId = await customer.PlaceOrderAsync();
        await CommandAsync("payments", KnownResourceCommands.StartCommand);
        await shop.App.ResourceNotifications.WaitForResourceHealthyAsync("payments", Cancellation);

        Assert.NotEqual("Pending", await customer.WaitForOutcomeAsync(orderId));
    }

    private async Task CommandAsync(string resource, string command)
    {
        var result = await shop.App.ResourceCommands.ExecuteCommandAsync(resource, command, Cancellation);
        Assert.True(result.Success, $"{command} {resource}: {result.Message}");
    }

    private static async Task SwitchAsync(HttpClient lab, string variant)
    {
        using var response = await lab.PutAsJsonAsync(Case, new { variant }, Cancellation);
        response.EnsureSuccessStatusCode();
    }

    private static async Task RequestAsync(TestCustomer customer, int requests)
    {
        for (var index = 0; index < requests; index++)
            await customer.Documents.GetStringAsync("/documents", Cancellation);
    }

    private static async Task<long> HeldAsync(HttpClient lab)
        => (await lab.GetFromJsonAsync<JsonElement>("/lab/cases", Cancellation)).EnumerateArray()
            .Single(@case => @case.GetProperty("case").GetString() == "DocumentEvents").GetProperty("heldItems").GetInt64();

    private static async Task<long> HeapAfterCollectionAsync(HttpClient lab)
    {
        using var response = await lab.PostAsync("/lab/collect", null, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("heapBytesAfter").GetInt64();
    }
}
