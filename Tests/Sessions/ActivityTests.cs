using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shop.Sessions;
using Shop.Sessions.Activity;
using Shop.Tests.AppHost;
using StackExchange.Redis;

namespace Shop.Tests.Sessions;

/// <summary>The counts of cart changes and page views.</summary>
[RunningShop]
public sealed class ActivityTests(ShopFixture shop)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 23, 58, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AdjacentWindowsAddUp()
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync((await shop.App.GetConnectionStringAsync("redis", Cancellation))!);
        var time = new FakeTimeProvider(Start);
        var options = Options.Create(new SessionsOptions { KeyPrefix = $"tests:{Guid.NewGuid():N}:" });
        var activity = new ActivityCounts(redis, options, time);
        for (var minute = 0; minute < 4; minute++, time.Advance(TimeSpan.FromMinutes(1)))
            activity.Count(ActivityMetric.PageViews);

        var end = Start.AddMinutes(4);
        for (var border = Start; border <= end; border = border.AddSeconds(15))
        {
            var before = await SumAsync(activity, Start, border);
            var after = await SumAsync(activity, border, end);
            Assert.Equal((border, 4), (border, before + after));
        }
    }

    /// <summary>An order makes the services request the session; only the customer's own request is a page view.</summary>
    [Fact]
    public async Task TheServicesOwnRequestsAreNotPageViews()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "activity-views");
        var before = await PageViewsAsync(customer);
        var orderId = await customer.PlaceOrderAsync();
        await customer.WaitForOutcomeAsync(orderId);
        await customer.Payments.GetStringAsync($"/payments/{orderId}", Cancellation);
        await customer.Documents.GetStringAsync("/documents", Cancellation);
        await customer.Sessions.GetStringAsync("/session", Cancellation);

        // The service increments the counts in the order of the requests, so the customer's is the last.
        Assert.Equal(before + 1, await Eventually.ReadAsync(() => PageViewsAsync(customer), views => views > before, "the page view"));
    }

    private static async Task<long> SumAsync(ActivityCounts activity, DateTimeOffset from, DateTimeOffset to)
        => (await activity.ReadAsync(ActivityMetric.PageViews, from, to, Cancellation)).Sum(point => point.Count);

    private static async Task<long> PageViewsAsync(TestCustomer customer)
    {
        var now = DateTimeOffset.UtcNow;
        var view = await customer.Sessions.GetFromJsonAsync<JsonElement>(
            $"/activity/page-views?from={now.AddDays(-1):yyyy-MM-ddTHH:mm:ssZ}&to={now.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}", Cancellation);
        return view.GetProperty("points").EnumerateArray().Sum(point => point.GetProperty("count").GetInt64());
    }
}
