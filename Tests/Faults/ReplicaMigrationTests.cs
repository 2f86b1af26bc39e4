using System.Data.Common;
using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shop.Orders.Data;
using Shop.ServiceDefaults;
using Shop.Tests.AppHost;

namespace Shop.Tests.Faults;

/// <summary>Two replicas of a service start at the same time and find a database with no tables.</summary>
[RunningShop(Part.Faults)]
public sealed class ReplicaMigrationTests(ShopFixture shop)
{
    private const string Database = "two_replicas";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AReplicaWaitsWhileAnotherIsBetweenTwoMigrations()
    {
        var server = await shop.App.GetConnectionStringAsync("postgres", Cancellation);
        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = Database, Pooling = false }.ConnectionString;
        Task? second = null;
        await using var services = Services(connectionString, new AfterFirstMigration(connectionString, async () =>
        {
            second = MigrateAsync(connectionString);
            await Eventually.ReadAsync(
                async () => second.IsCompleted || await IsAwaitedAsync(connectionString), isHeldUp => isHeldUp, "the second replica");
        }));

        await MigrateAsync(services);
        Assert.NotNull(second);
        await second;

        await using var scope = services.CreateAsyncScope();
        Assert.Empty(await scope.ServiceProvider.GetRequiredService<OrdersDb>().Database.GetPendingMigrationsAsync(Cancellation));
    }

    private static async Task MigrateAsync(string connectionString)
    {
        await using var services = Services(connectionString);
        await MigrateAsync(services);
    }

    private static Task MigrateAsync(ServiceProvider services) => new DatabaseMigration<OrdersDb>(
        services.GetRequiredService<IServiceScopeFactory>(), TimeProvider.System, NullLogger<DatabaseMigration<OrdersDb>>.Instance)
        .StartingAsync(Cancellation);

    private static ServiceProvider Services(string connectionString, params IInterceptor[] interceptors)
        => new ServiceCollection().AddDbContext<OrdersDb>(options => Configure(options, connectionString).AddInterceptors(interceptors))
            .BuildServiceProvider();

    private static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string connectionString)
        => options.UseNpgsql(connectionString).UseSnakeCaseNamingConvention();

    private static async Task<bool> IsAwaitedAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)", connection);
        return (bool)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Acts when the first migration is committed and the next has not begun.</summary>
    private sealed class AfterFirstMigration(string connectionString, Func<Task> act) : DbTransactionInterceptor
    {
        private bool _acted;

        public override async Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var db = new OrdersDb(
                (DbContextOptions<OrdersDb>)Configure(new DbContextOptionsBuilder<OrdersDb>(), connectionString).Options);
            if (_acted || (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Count() != 1)
                return;
            _acted = true;
            await act();
        }
    }
}
