using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting.Testing;
using Shop.Tests.AppHost;
using StackExchange.Redis;

namespace Shop.Tests.Faults;

/// <summary>Redis is unavailable for 10 s during 200 orders.</summary>
[RunningShop(Part.Faults)]
public sealed class RedisOutageTests(ShopFixture shop) : IAsyncDisposable
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan RefusalLimit = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.RestoreAsync();

    [Fact]
    public async Task SessionsFailClosedWithinTwoSecondsAndNoOrderIsLost()
    {
        using var audit = await OrderAudit.StartAsync(shop.App);
        using var known = await TestCustomer.LogInAsync(shop.App, "redis-outage-known");
        using var warm = await known.Orders.GetAsync("/orders", Cancellation);
        using var other = await TestCustomer.LogInAsync(shop.App, "redis-outage-other");
        var wave = await OrderWave.PrepareAsync(shop.App, "redis-outage");
        wave.Start(Interval);
        await wave.ReachAsync(OrderWave.Size / 4);
        await shop.StopAsync("redis");
        var stopped = Stopwatch.GetTimestamp();

        using var anyone = shop.App.CreateHttpClient("sessions");
        // Orders may cache the customer of a session briefly, but never the cart.
        TimeSpan[] refusals =
        [
            await RefusalAsync(anyone.PostAsJsonAsync("/sessions", new { customerId = "redis-outage-new" }, Cancellation)),
            await RefusalAsync(known.Sessions.GetAsync("/session", Cancellation)),
            await RefusalAsync(known.Sessions.PutAsJsonAsync("/session/cart/items/SKU-0001", new { quantity = 1 }, Cancellation)),
            await RefusalAsync(known.PostOrderAsync(Guid.NewGuid().ToString("N"))),
            await RefusalAsync(other.Orders.GetAsync("/orders", Cancellation)),
            await RefusalAsync(other.Payments.GetAsync($"/payments/{Guid.NewGuid()}", Cancellation)),
            await RefusalAsync(other.Documents.GetAsync("/documents", Cancellation)),
        ];
        // Most of them: on a busy machine one may take longer.
        Assert.InRange(refusals.Order().ElementAt(refusals.Length / 2), TimeSpan.Zero, RefusalLimit);
        var accepted = wave.Accepted.Count;
        Assert.InRange(accepted, 1, OrderWave.Size - 1);

        await Eventually.WaitUntilElapsedAsync(stopped, Outage);
        Assert.Equal(accepted, wave.Accepted.Count);
        await shop.StartAsync("redis");
        await audit.VerifyAsync(Stopwatch.GetTimestamp(), wave);
        Assert.All(wave.Attempts, attempt => Assert.True(attempt.IsAcceptedOrRetryable, $"{attempt}"));
    }

    /// <summary>Redis keeps its connections open but does not respond.</summary>
    [Fact]
    public async Task SessionsFailClosedBeforeAHangingRedisRespondsAgain()
    {
        using var customer = await TestCustomer.LogInAsync(shop.App, "redis-hangs");
        var options = ConfigurationOptions.Parse((await shop.App.GetConnectionStringAsync("redis", Cancellation))!);
        options.AsyncTimeout = (int)TimeSpan.FromMinutes(1).TotalMilliseconds;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        await redis.GetDatabase().ExecuteAsync("CLIENT", "PAUSE", (int)Outage.TotalMilliseconds);
        var ping = redis.GetDatabase().PingAsync();

        using var response = await customer.Sessions.GetAsync("/session", Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.False(ping.IsCompleted);
        await ping;
        // The service may have closed the connection that timed out and be reconnecting.
        await Eventually.ReadAsync(() => customer.Sessions.GetAsync("/session", Cancellation),
            again => again.StatusCode == HttpStatusCode.OK, "the session");
    }

    /// <summary>Asserts that a request is refused, and returns how long that took.</summary>
    private static async Task<TimeSpan> RefusalAsync(Task<HttpResponseMessage> request)
    {
        var start = Stopwatch.GetTimestamp();
        using var response = await request;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        return Stopwatch.GetElapsedTime(start);
    }
}
