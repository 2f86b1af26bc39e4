using System.Diagnostics;
using Aspire.Hosting.Testing;
using Npgsql;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>RabbitMQ is unavailable for 20 s during 200 orders.</summary>
[RunningShop(Part.Faults)]
public sealed class BusOutageTests(ShopFixture shop) : IAsyncDisposable
{
    private const int Before = OrderWave.Size / 4;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);
    // A message with a pending publish takes 12 KB of memory. The publisher retains a batch of messages while it tries to publish, and
    // none between its attempts: in one second of six.
    private const long MaxGrowth = OrderWave.Size * 5 * 1024;
    private static readonly TimeSpan PublisherPause = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => shop.RestoreAsync();

    [Fact]
    public async Task OrdersAreAcceptedAndQueuedInPostgresWhileRabbitMqIsUnavailable()
    {
        using var audit = await OrderAudit.StartAsync(shop);
        var before = await OrderWave.PrepareAsync(shop.App, "bus-outage-before", Before);
        var during = await OrderWave.PrepareAsync(shop.App, "bus-outage");
        before.Start(Interval);
        await before.ReachAsync(Before / 2);
        await shop.StopAsync("bus");
        var stopped = Stopwatch.GetTimestamp();
        await before.AllAcceptedAsync();
        var heap = await HeapAsync();

        during.Start(Interval);
        // The bus is still unavailable, so accepting all orders proves that none waits for it.
        await during.AllAcceptedAsync();
        var rows = await QueuedRowsAsync();
        Assert.InRange(rows.Count, during.Count, Before + during.Count);
        Assert.All(during.Accepted.Values, shopper
            => Assert.DoesNotContain(rows, row => row.Contains(shopper.SessionId, StringComparison.Ordinal)));
        var grown = await Eventually.ReadAsync(
            HeapAsync,
            now => now - heap < MaxGrowth,
            $"the heap of orders, {heap} bytes before, to retain no orders that wait for the bus",
            PublisherPause);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{during.Count} accepted while the bus was unavailable: {rows.Count} rows in the outbox, "
            + $"the heap grew by {grown - heap} bytes");

        await Eventually.WaitUntilElapsedAsync(stopped, Outage);
        await shop.StartAsync("bus");
        await audit.VerifyAsync(Stopwatch.GetTimestamp(), during, before);
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

    private async Task<long> HeapAsync()
    {
        using var lab = await shop.LabAsync("orders");
        return await lab.HeapAfterCollectionAsync();
    }
}
