using System.Diagnostics;
using Aspire.Hosting.Testing;
using Npgsql;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>RabbitMQ is unavailable for more than 20 s during 400 orders.</summary>
[RunningShop(Part.Faults)]
public sealed class BusOutageTests(ShopFixture shop) : IAsyncDisposable
{
    private const int Before = OrderWave.Size / 4;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);
    // A message with a pending publish takes 12 KB of memory. The publisher retains a batch of messages while it tries to publish, and
    // none between its attempts: in one second of six.
    private const long MaxGrowth = OrderWave.Size * 5 * 1024;
    private static readonly TimeSpan PublisherCycle = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan PublisherPause = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.RestoreAsync();

    [Fact]
    public async Task OrdersAreAcceptedAndQueuedInPostgresWhileRabbitMqIsUnavailable()
    {
        using var audit = await OrderAudit.StartAsync(shop.App);
        var before = await OrderWave.PrepareAsync(shop.App, "bus-outage-before", Before);
        var first = await OrderWave.PrepareAsync(shop.App, "bus-outage-first");
        var second = await OrderWave.PrepareAsync(shop.App, "bus-outage-second");
        before.Start(Interval);
        await before.ReachAsync(Before / 2);
        await shop.StopAsync("bus");
        var stopped = Stopwatch.GetTimestamp();
        await before.AllAcceptedAsync();
        // An outage has a price of its own, however many orders wait: a pooled context for each concurrent request, the telemetry's
        // buffer, which doubles for batches of exceptions.
        first.Start(AtOnce);
        await first.AllAcceptedAsync();
        await Eventually.WaitUntilElapsedAsync(stopped, Outage);
        var heap = await LeastHeapAsync();

        second.Start(Interval);
        // The bus is still unavailable, so accepting all orders proves that none waits for it.
        await second.AllAcceptedAsync();
        var (accepted, rows) = (first.Accepted.Concat(second.Accepted).ToList(), await QueuedRowsAsync());
        Assert.InRange(rows.Count, accepted.Count, Before + accepted.Count);
        Assert.All(accepted, order => Assert.DoesNotContain(rows, row => row.Contains(order.Value.SessionId, StringComparison.Ordinal)));
        var grown = await Eventually.ReadAsync(
            HeapAsync,
            now => now - heap < MaxGrowth,
            $"the heap of orders, {heap} bytes before, to retain no orders that wait for the bus",
            PublisherPause);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{second.Count} accepted while {first.Count} waited for the bus: {rows.Count} rows in the outbox, "
            + $"the heap grew by {grown - heap} bytes");

        await shop.StartAsync("bus");
        await audit.VerifyAsync(Stopwatch.GetTimestamp(), before, first, second);
    }

    private async Task<IReadOnlyList<string>> QueuedRowsAsync()
    {
        await using var connection = new NpgsqlConnection(await shop.App.GetConnectionStringAsync("orders-db", Cancellation));
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT outbox::text FROM outbox", connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancellation))
            rows.Add(reader.GetString(0));
        return rows;
    }

    private async Task<long> LeastHeapAsync()
    {
        var least = long.MaxValue;
        await Eventually.TryReadAsync(async () => least = Math.Min(least, await HeapAsync()), _ => false, PublisherCycle);
        return least;
    }

    private async Task<long> HeapAsync()
    {
        using var lab = await shop.LabAsync("orders");
        return await lab.HeapAfterCollectionAsync();
    }
}
