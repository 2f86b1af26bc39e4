using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Npgsql;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>RabbitMQ is away for 20 s in the middle of 200 orders.</summary>
[Collection(ShopTests.Name)]
public sealed class BusAwayTests(ShopFixture shop) : IAsyncDisposable
{
    private const int Before = OrderWave.Size / 4;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);
    // A message that waits in the process takes 12 KB with its pending publish. The publisher holds a batch of them while it tries,
    // and none in its pauses.
    private const long MaxGrowth = OrderWave.Size * 5 * 1024;
    private static readonly TimeSpan PauseOfPublisher = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.HealAsync();

    [Fact]
    public async Task OrdersAreAcceptedAndWaitInPostgresWhileRabbitMqIsAway()
    {
        using var books = await Books.OpenAsync(shop);
        var before = await OrderWave.GatherAsync(shop.App, "bus-away-before", Before);
        var during = await OrderWave.GatherAsync(shop.App, "bus-away");
        before.Start(Interval);
        await before.ReachAsync(Before / 2);
        await shop.StopAsync("bus");
        var stopped = Stopwatch.GetTimestamp();
        await before.AllAcceptedAsync();
        var heap = await HeapAsync();

        during.Start(Interval);
        // The bus is still away: that all are accepted is the proof that none waits for it.
        await during.AllAcceptedAsync();
        Assert.InRange(await WaitingAsync(), during.Count, Before + during.Count);
        var grown = await Eventually.ReadAsync(HeapAsync, now => now - heap < MaxGrowth, $"the heap of orders, {heap} bytes before, to hold no orders that wait for the bus", PauseOfPublisher);
        TestContext.Current.TestOutputHelper?.WriteLine($"{during.Count} accepted while the bus was away: {await WaitingAsync()} rows in the outbox, the heap grew by {grown - heap} bytes");

        await Eventually.PassAsync(stopped, Outage);
        await shop.StartAsync("bus");
        await books.CloseAsync(Stopwatch.GetTimestamp(), during, before);
    }

    private async Task<long> WaitingAsync()
    {
        await using var connection = new NpgsqlConnection(await shop.App.GetConnectionStringAsync("orders-db", Cancellation));
        await connection.OpenAsync(Cancellation);
        await using var count = new NpgsqlCommand("SELECT count(*) FROM outbox", connection);
        return (long)(await count.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task<long> HeapAsync()
    {
        using var lab = await shop.LabAsync("orders");
        using var response = await lab.PostAsync("/lab/collect", null, Cancellation);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("heapBytesAfter").GetInt64();
    }
}
