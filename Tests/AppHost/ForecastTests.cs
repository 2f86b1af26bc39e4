using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Shop.Tests.AppHost;

/// <summary>
/// The forecast of a service that runs: its heap is a few megabytes of a machine's memory, so that a growth that only counts beside the
/// limit would never be called a leak. No series that is made has the noise of a service.
/// </summary>
[RunningShop]
public sealed class ForecastTests(ShopFixture shop)
{
    private const string Case = "DocumentEvents";
    private const int RequestsPerCollection = 300;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(8);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AServiceWithALeakyCaseIsCalledALeakLongBeforeItsLimit()
    {
        // What other tests made grow was more than this test does.
        await shop.App.CommandAsync("documents", KnownResourceCommands.RestartCommand);
        await shop.App.WaitForHealthyAsync("documents");
        using var lab = await shop.LabAsync("documents");
        using var customer = await TestCustomer.LogInAsync(shop.App, "forecast");
        await lab.SwitchCaseAsync(Case, "Leaky");
        try
        {
            var forecast = await Eventually.ReadAsync(
                async () =>
                {
                    await Parallel.ForEachAsync(Enumerable.Range(0, RequestsPerCollection), Cancellation,
                        async (_, cancellation) => await customer.Documents.GetStringAsync("/documents", cancellation));
                    await lab.HeapAfterCollectionAsync();
                    return await lab.GetFromJsonAsync<JsonElement>("/lab/forecast", Cancellation);
                },
                forecast => forecast.GetProperty("forecast").GetProperty("verdict").GetString() == "Leak", "the leak to be told", Timeout);

            var live = forecast.GetProperty("last").GetProperty("bytes").GetDouble();
            Assert.InRange(live, 1, forecast.GetProperty("limitBytes").GetDouble() / 2);
            Assert.True(forecast.GetProperty("forecast").GetProperty("trend").GetProperty("low").GetDouble() > 0);
        }
        finally
        {
            await lab.SwitchCaseAsync(Case, "Fixed");
            await lab.ResetCaseAsync(Case);
        }
    }
}
