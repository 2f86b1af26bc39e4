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
    // A message that waits in the process holds its JSON, its type's instance and a pending publish: some 20 KB.
    private const long MaxHeapBytesPerWaiting = 8 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.HealAsync();

    [Fact]
    public async Task OrdersAreAcceptedAndWaitInPostgresWhileRabbitMqIsAway()
    {
        using var books = await Books.OpenAsync(shop);
        var before = await OrderWave.GatherAsync(shop.App, "bus-away-before", Before);
        var during = await OrderWave.GatherAsync(shop.App, "bus-away", OrderWave.Size - Before);
        before.Start(Interval);
        await before.ReachAsync(Before / 2);
        await shop.StopAsync("bus");
        var stopped = Stopwatch.GetTimestamp();
        await before.AllAcceptedAsync();
        var heap = await HeapAsync();

        during.Start(Interval);
        // The bus is still away: that all are accepted is the proof that none waits for it.
        await during.AllAcceptedAsync();
        var (waiting, growth) = (await WaitingAsync(), await HeapAsync() - heap);
        TestContext.Current.TestOutputHelper?.WriteLine($"{during.Count} accepted while the bus was away: {waiting} rows in the outbox, the heap grew by {growth} bytes");
        Assert.InRange(waiting, during.Count, OrderWave.Size);
        Assert.True(growth < during.Count * MaxHeapBytesPerWaiting, $"{during.Count} orders that wait for the bus raised the heap of orders by {growth} bytes.");

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
