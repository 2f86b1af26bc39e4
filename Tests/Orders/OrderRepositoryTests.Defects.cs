using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Orders.Data;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;
using static Shop.Tests.Orders.PublishedOrderRepository;

namespace Shop.Tests.Orders;

/// <content>
/// The defects of Published. They are in its writes, its context and its registration; there, Fixed is the context of the Shop with its
/// registration, and ExecuteUpdate.
/// </content>
public sealed partial class OrderRepositoryTests
{
    private PublishedOrderRepository Published => Services.GetRequiredService<PublishedOrderRepository>();

    /// <summary>A loaded order is not tracked.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 0)]
    [InlineData(CaseVariant.Fixed, 1)]
    public async Task AChangeOfALoadedOrderIsSaved(CaseVariant variant, int rows)
    {
        var stored = await StoreAsync(NewOrder());
        await using var db = CreateContext(variant);
        var order = await db.Set<Order>().SingleAsync(row => row.Id == stored.Id, Cancellation);
        order.Status = OrderStatus.Settled;

        Assert.Equal(rows, await db.SaveChangesAsync(Cancellation));
    }

    /// <summary>The changes of a failed save are cleared. The save fails until another order with the same key is deleted.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 0)]
    [InlineData(CaseVariant.Fixed, 1)]
    public async Task ASaveThatFailedCanBeRepeated(CaseVariant variant, int rows)
    {
        var stored = await StoreAsync(NewOrder());
        await using var db = CreateContext(variant);
        db.Add(NewOrder(key: stored.IdempotencyKey));
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync(Cancellation));
        await DeleteAsync(stored);

        Assert.Equal(rows, await db.SaveChangesAsync(Cancellation));
    }

    /// <summary>The columns that the batch did not select are overwritten with NULL and zero.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public async Task AnUpdateKeepsTheColumnsThatItDoesNotChange(CaseVariant variant, bool overwrites)
    {
        var stored = NewOrder();
        stored.DeclineReason = "insufficient_funds";
        await StoreAsync(stored);
        await DeclineAsync(variant, await ReadInBatchAsync(stored));

        await using var db = _database.CreateContext();
        var updated = await db.Orders.SingleAsync(row => row.Id == stored.Id, Cancellation);
        Assert.Equal(OrderStatus.Declined, updated.Status);
        Assert.Equal(overwrites ? (null, Guid.Empty) : (stored.DeclineReason, stored.CartId), (updated.DeclineReason, updated.CartId));
    }

    /// <summary>The code that handles an update without a row does not run, because there is an exception instead.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, typeof(DbUpdateConcurrencyException))]
    [InlineData(CaseVariant.Fixed, null)]
    public async Task AnUpdateOfADeletedOrderReportsThatThereIsNoRow(CaseVariant variant, Type? exception)
    {
        var stored = await StoreAsync(NewOrder());
        var order = await ReadInBatchAsync(stored);
        await DeleteAsync(stored);

        Assert.Equal(exception, (await Record.ExceptionAsync(() => DeclineAsync(variant, order)))?.GetType());
    }

    /// <summary>Of two registered factories, the first is resolved: it has no pool.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, false)]
    [InlineData(CaseVariant.Fixed, true)]
    public async Task ADisposedContextIsReused(CaseVariant variant, bool isReused)
    {
        var first = CreateContext(variant);
        await first.DisposeAsync();
        await using var second = CreateContext(variant);

        Assert.Equal(isReused, ReferenceEquals(first, second));
    }

    /// <summary>The article sets a pool size of 128 "to prevent excessive connections". Here it is 1.</summary>
    [Fact]
    public async Task ThePoolSizeBoundsTheContextsThatAreKeptAndNoConnections()
    {
        await using var services = new ServiceCollection()
            .AddPooledDbContextFactory<OrdersDb>(options => options.UseNpgsql(_database.ConnectionString), poolSize: 1)
            .BuildServiceProvider();
        var contexts = services.GetRequiredService<IDbContextFactory<OrdersDb>>();
        var first = contexts.CreateDbContext();
        var second = contexts.CreateDbContext();
        await first.Database.OpenConnectionAsync(Cancellation);
        await second.Database.OpenConnectionAsync(Cancellation);
        Assert.All([first, second], db => Assert.Equal(ConnectionState.Open, db.Database.GetDbConnection().State));

        await first.DisposeAsync();
        await second.DisposeAsync();
        await using var third = contexts.CreateDbContext();
        await using var fourth = contexts.CreateDbContext();
        Assert.Same(first, third);
        Assert.NotSame(second, fourth);
    }

    private DbContext CreateContext(CaseVariant variant) => variant == CaseVariant.Published
        ? Services.GetRequiredService<IDbContextFactory<OptimizedOrdersDb>>().CreateDbContext()
        : Services.GetRequiredService<IDbContextFactory<OrdersDb>>().CreateDbContext();

    private async Task<Order> ReadInBatchAsync(Order order) => Assert.Single(await Published.GetBatchAsync([order.Id], Cancellation));

    /// <summary>Sets the status of an order that was read before.</summary>
    private async Task DeclineAsync(CaseVariant variant, Order order)
    {
        order.Status = OrderStatus.Declined;
        if (variant == CaseVariant.Published)
        {
            await Published.UpdateAsync(order, Cancellation);
            return;
        }
        await using var db = CreateContext(variant);
        await db.Set<Order>().Where(row => row.Id == order.Id)
            .ExecuteUpdateAsync(update => update.SetProperty(row => row.Status, order.Status), Cancellation);
    }

    private async Task DeleteAsync(Order order)
    {
        await using var db = _database.CreateContext();
        await db.Orders.Where(row => row.Id == order.Id).ExecuteDeleteAsync(Cancellation);
    }
}
