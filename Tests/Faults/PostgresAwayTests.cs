using System.Diagnostics;
using System.Net;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>Postgres ends at once, without a checkpoint, in the middle of 200 orders, and is away for 10 s.</summary>
[Collection(ShopTests.Name)]
public sealed class PostgresAwayTests(ShopFixture shop) : IAsyncDisposable
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.HealAsync();

    [Fact]
    public async Task OrdersAreRefusedForALittleWhileAndNoneIsLostWhenPostgresEndsAtOnce()
    {
        using var books = await Books.OpenAsync(shop);
        var wave = await OrderWave.GatherAsync(shop.App, "postgres-away");
        wave.Start(Interval);
        await wave.ReachAsync(OrderWave.Size / 4);
        await shop.StopPostgresImmediatelyAsync();
        var stopped = Stopwatch.GetTimestamp();

        foreach (var service in (string[])["orders", "payments", "documents"])
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(service, "/health"));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, "/alive"));
        }
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("sessions", "/health"));
        Assert.InRange(wave.Accepted.Count, 1, OrderWave.Size - 1);

        await Eventually.PassAsync(stopped, Outage);
        await shop.StartAsync("postgres");
        await books.CloseAsync(Stopwatch.GetTimestamp(), wave);
        Assert.Contains(wave.Attempts, attempt => attempt.Status == HttpStatusCode.ServiceUnavailable);
        Assert.All(wave.Attempts, attempt => Assert.True(attempt is { Status: HttpStatusCode.Accepted } or { Status: HttpStatusCode.ServiceUnavailable, HasRetryAfter: true }, $"{attempt}"));
    }

    private async Task<HttpStatusCode> StatusAsync(string service, string route)
    {
        using var client = shop.App.CreateHttpClient(service);
        using var response = await client.GetAsync(route, Cancellation);
        return response.StatusCode;
    }
}
