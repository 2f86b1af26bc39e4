using Aspire.Hosting.Testing;
using Npgsql;
using Shop.Lab.Proof.Feeds;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>
/// The flag on the running Shop: Leaky's response has a Content-Length, Fixed's is chunked; how much of the heap an export takes; and what
/// remains of it after its client has hung up.
/// </summary>
public sealed class OrderExportFlagTests(ShopFixture shop) : FlagContract(shop)
{
    private const string Customer = "order-export";
    // Of one page and of the connection.
    private const long MaxBytes = 2 * 1024 * 1024;

    [Fact]
    public async Task ACustomerReadsTheSameLinesWithEachVariant()
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, Customer);
        for (var order = 0; order < 2; order++)
            await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync());
        var read = new List<string>();
        foreach (var variant in Study.Variants)
        {
            await SwitchAsync(variant);
            read.Add(await customer.Orders.GetStringAsync("/orders/export", Cancellation));
        }

        Assert.InRange(read[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 2, int.MaxValue);
        Assert.All(read, text => Assert.Equal(read[0], text));
    }

    /// <summary>The client has read the first bytes and waits: what is alive then is the export's.</summary>
    [Fact]
    public async Task OnlyLeakysPeakGrowsWithTheOrders()
    {
        const int few = 1_000, many = 100_000;
        var database = await DatabaseAsync();
        try
        {
            foreach (var orders in new[] { few, many })
                await OrderRows.InsertAsync(database, CustomerOf(orders), orders, Cancellation);
            Assert.InRange(await MeasurePeakAsync(CaseVariant.Fixed, few), long.MinValue, MaxBytes);
            Assert.InRange(await MeasurePeakAsync(CaseVariant.Fixed, many), long.MinValue, MaxBytes);
            var least = await MeasurePeakAsync(CaseVariant.Leaky, few);
            var highest = await MeasurePeakAsync(CaseVariant.Leaky, many);

            Assert.InRange((highest - least) / (many - few), Study.Evidence.Threshold, double.MaxValue);
        }
        finally
        {
            await using var orders = NpgsqlDataSource.Create(database);
            await using var delete = orders.CreateCommand("DELETE FROM orders WHERE customer_id = ANY($1)");
            delete.Parameters.AddWithValue(new[] { CustomerOf(few), CustomerOf(many) });
            await delete.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    /// <summary>A lock keeps the query from ending by itself.</summary>
    [Theory, Variants]
    public async Task AClientThatHangsUpEndsTheQuery(CaseVariant variant)
    {
        await SwitchAsync(variant);
        using var customer = await TestCustomer.LogInAsync(Shop.App, Customer);
        await using var orders = new NpgsqlConnection(await DatabaseAsync());
        await orders.OpenAsync(Cancellation);
        await using var transaction = await orders.BeginTransactionAsync(Cancellation);
        await using var @lock = new NpgsqlCommand("LOCK TABLE order_items", orders, transaction);
        await @lock.ExecuteNonQueryAsync(Cancellation);
        using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var export = OpenExportAsync(customer, hangUp.Token);
        await Eventually.ReadAsync(() => CountWaitingAsync(orders), waiting => waiting > 0, "the export's query to wait for the lock");
        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => export);
        await Eventually.ReadAsync(() => CountWaitingAsync(orders), waiting => waiting == 0, "the export's query to end");
    }

    private protected override async Task OperateAsync(CaseVariant variant)
    {
        using var customer = await TestCustomer.LogInAsync(Shop.App, Customer);
        await customer.WaitForOutcomeAsync(await customer.PlaceOrderAsync());
        using var export = await OpenExportAsync(customer, Cancellation);

        Assert.Equal(variant == CaseVariant.Leaky, export.Content.Headers.ContentLength > 0);
        Assert.Equal(variant == CaseVariant.Fixed, export.Headers.TransferEncodingChunked is true);
    }

    private protected override (long Least, long Highest) Holds(CaseVariant variant) => (0, 0);

    private async Task<double> MeasurePeakAsync(CaseVariant variant, int orders)
    {
        using var lab = await Shop.LabAsync(Study.Service);
        using var customer = await TestCustomer.LogInAsync(Shop.App, CustomerOf(orders));
        await SwitchAsync(variant);
        var before = await lab.HeapAfterCollectionAsync();
        using var export = await OpenExportAsync(customer, Cancellation);
        await using var body = await export.Content.ReadAsStreamAsync(Cancellation);
        await body.ReadExactlyAsync(new byte[1], Cancellation);
        return await lab.HeapAfterCollectionAsync() - before;
    }

    /// <summary>Returns when the first bytes have arrived.</summary>
    private static Task<HttpResponseMessage> OpenExportAsync(TestCustomer customer, CancellationToken cancellationToken)
        => customer.Orders.GetAsync("/orders/export", HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    private static async Task<long> CountWaitingAsync(NpgsqlConnection orders)
    {
        await using var count = new NpgsqlCommand(
            "SELECT count(*) FROM pg_locks WHERE relation = 'order_items'::regclass AND NOT granted", orders);
        return (long)(await count.ExecuteScalarAsync(Cancellation))!;
    }

    private static string CustomerOf(int orders) => $"{Customer}-{orders}";

    private async Task<string> DatabaseAsync() => (await Shop.App.GetConnectionStringAsync("orders-db", Cancellation))!;
}
