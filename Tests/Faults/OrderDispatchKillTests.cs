using Aspire.Hosting.Testing;
using Npgsql;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>Orders is killed while the broker is away and accepted orders wait: which of them ever have an outcome.</summary>
[RunningShop(Part.Faults)]
public sealed class OrderDispatchKillTests(ShopFixture shop) : IAsyncLifetime
{
    private const string Case = "OrderDispatch";
    private const string Customers = "dispatch-";
    private const int Orders = 20;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Deletes the lost orders: they would be pending forever.</summary>
    public async ValueTask DisposeAsync()
    {
        await shop.RestoreAsync();
        await SwitchAsync(CaseVariant.Fixed);
        await using var orders = await OpenDatabaseAsync();
        await using var delete = orders.CreateCommand("DELETE FROM orders WHERE status = 'Pending' AND customer_id LIKE $1");
        delete.Parameters.AddWithValue($"{Customers}%");
        await delete.ExecuteNonQueryAsync(CancellationToken.None);
    }

    [Fact]
    public async Task AKillLosesWhatWaitsUnderLeakyAndPublishedAndNothingUnderFixed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGKILL.");
        await PendingOrders.CompletedAsync(shop.App);
        var waves = new Dictionary<CaseVariant, OrderWave>();
        foreach (var variant in CaseVariants.All)
            waves[variant] = await OrderWave.PrepareAsync(shop.App, $"{Customers}{variant}", Orders);
        var process = await shop.ProcessAsync("orders");
        await shop.StopAsync("bus");
        foreach (var (variant, wave) in waves)
        {
            await SwitchAsync(variant);
            wave.Start(Interval);
            await wave.AllAcceptedAsync();
        }
        await shop.SignalAsync("orders", process, "KILL");
        await shop.StartAsync("bus");
        await shop.StartAsync("orders");
        await Eventually.ReadAsync(() => CountPendingAsync(CaseVariant.Fixed), pending => pending == 0, "the orders of Fixed to complete");

        // No process knows them any more.
        Assert.Equal(Orders, await CountPendingAsync(CaseVariant.Leaky));
        Assert.Equal(Orders, await CountPendingAsync(CaseVariant.Published));
    }

    private async Task SwitchAsync(CaseVariant variant)
    {
        using var lab = await shop.LabAsync("orders");
        await lab.SwitchCaseAsync(Case, variant.Name());
    }

    private async Task<long> CountPendingAsync(CaseVariant variant)
    {
        await using var orders = await OpenDatabaseAsync();
        await using var count = orders.CreateCommand("SELECT count(*) FROM orders WHERE status = 'Pending' AND customer_id LIKE $1");
        count.Parameters.AddWithValue($"{Customers}{variant}-%");
        return (long)(await count.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task<NpgsqlDataSource> OpenDatabaseAsync()
        => NpgsqlDataSource.Create((await shop.App.GetConnectionStringAsync("orders-db", CancellationToken.None))!);
}
