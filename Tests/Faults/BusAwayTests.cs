using System.Diagnostics;
using System.Net;
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
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);
    // A message that waits in the process holds its JSON, its type's instance and a pending publish: some 20 KB.
    private const long MaxHeapBytesPerWaiting = 8 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.HealAsync();

    [Fact]
    public async Task OrdersAreAcceptedAndWaitInPostgresWhileRabbitMqIsAway()
    {
        using var books = await Books.OpenAsync(shop);
        var wave = await OrderWave.GatherAsync(shop.App, "bus-away");
        wave.Start(Interval);
        await wave.ReachAsync(OrderWave.Size / 4);
        await shop.StopAsync("bus");
        var stopped = Stopwatch.GetTimestamp();
        var (acceptedBefore, waitingBefore, heapBefore) = (wave.Accepted.Count, await WaitingAsync(), await HeapAsync());

        await wave.Placing;
        var accepted = wave.Accepted.Count - acceptedBefore;
        var waiting = await WaitingAsync() - waitingBefore;
        var heap = await HeapAsync() - heapBefore;
        TestContext.Current.TestOutputHelper?.WriteLine($"{accepted} accepted while the bus was away, {waiting} more rows in the outbox, {heap} more bytes in the heap; {waitingBefore} {heapBefore}");
        Assert.All(wave.Attempts, attempt => Assert.Equal(HttpStatusCode.Accepted, attempt.Status));
        Assert.InRange(accepted, OrderWave.Size / 4, OrderWave.Size);
        Assert.InRange(waiting, accepted, OrderWave.Size);
        Assert.True(heap < accepted * MaxHeapBytesPerWaiting, $"{accepted} orders that wait for the bus raised the heap of orders by {heap} bytes.");

        await Task.Delay(Outage - Stopwatch.GetElapsedTime(stopped), Cancellation);
        await shop.StartAsync("bus");
        await books.CloseAsync(Stopwatch.GetTimestamp(), wave);
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
