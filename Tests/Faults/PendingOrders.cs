using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Npgsql;

namespace Shop.Tests.Faults;

/// <summary>The orders of all customers that are neither settled nor declined.</summary>
internal static class PendingOrders
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Waits until there are none.</summary>
    public static async Task CompletedAsync(DistributedApplication app)
    {
        await using var orders = NpgsqlDataSource.Create((await app.GetConnectionStringAsync("orders-db", Cancellation))!);
        await using var count = orders.CreateCommand("SELECT count(*) FROM orders WHERE status = 'Pending'");
        await Eventually.ReadAsync(async () => (long)(await count.ExecuteScalarAsync(Cancellation))!, pending => pending == 0,
            "no order to be pending");
    }
}
