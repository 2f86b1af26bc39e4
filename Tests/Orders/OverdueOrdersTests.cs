using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.Orders.Data;
using Shop.Orders.Status;
using Shop.Tests.AppHost;

namespace Shop.Tests.Orders;

/// <summary>Which orders <c>shop.orders.overdue</c> counts.</summary>
[RunningShop]
public sealed class OverdueOrdersTests(ShopFixture shop)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(OrderStatus.Pending), 59, 0)]
    [InlineData(nameof(OrderStatus.Pending), 61, 1)]
    [InlineData(nameof(OrderStatus.Settled), 61, 0)]
    [InlineData(nameof(OrderStatus.Declined), 61, 0)]
    public async Task AnOrderIsOverdueAfterAMinuteWithoutAnOutcome(string outcome, int seconds, int overdue)
    {
        var status = Enum.Parse<OrderStatus>(outcome);
        await using var database = await OrdersDatabase.CreateAsync(shop);
        await using (var db = database.CreateContext())
        {
            db.Add(status == OrderStatus.Pending ? TestOrders.Placed() : TestOrders.Completed(TestOrders.Placed(), status, null));
            await db.SaveChangesAsync(Cancellation);
        }
        await using var services = new ServiceCollection()
            .AddDbContextFactory<OrdersDb>(options => options.UseNpgsql(database.ConnectionString).UseSnakeCaseNamingConvention())
            .AddMetrics().AddLogging().AddSingleton<OverdueOrders>()
            .AddSingleton<TimeProvider>(new FakeTimeProvider(TestOrders.Noon.AddSeconds(seconds)))
            .BuildServiceProvider();

        Assert.Equal(overdue, await services.GetRequiredService<OverdueOrders>().CountAsync(Cancellation));
    }
}
