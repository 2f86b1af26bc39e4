using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Orders.Data;
using Shop.Orders.OrderRepository;
using Shop.Orders.Reading;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>The behaviour of the variants, which of them retain orders, and the defects of Published.</summary>
[RunningShop]
public sealed partial class OrderRepositoryTests(ShopFixture shop) : RetainedContract
{
    private const string Owner = "owner";
    private OrdersDatabase _database = null!;

    private protected override IOrderRepository Current => Services.GetRequiredService<CaseSwitch<IOrderRepository>>().Current;

    /// <summary>Fixed holds nothing between two operations.</summary>
    private protected override long Bound => 0;

    /// <summary>Leaky fails where two operations overlap.</summary>
    private protected override int Concurrency => Current is LeakyOrderRepository ? 1 : base.Concurrency;

    public override async ValueTask InitializeAsync() => Own(_database = await OrdersDatabase.CreateAsync(shop));

    /// <summary>Leaky answers with the order that it tracks.</summary>
    [Theory]
    [InlineData(CaseVariant.Leaky, true)]
    [InlineData(CaseVariant.Fixed, false)]
    public async Task OnlyLeakyReturnsTheOldStatusOfAnOrderThatWasReadBefore(CaseVariant variant, bool isOld)
    {
        Switch.Select(variant);
        var order = await StoreAsync(NewOrder());
        Assert.Equal(OrderStatus.Pending, (await FindAsync(order))!.Status);
        await using (var db = _database.CreateContext())
            await db.Orders.ExecuteUpdateAsync(update => update.SetProperty(row => row.Status, OrderStatus.Settled), Cancellation);

        Assert.Equal(isOld ? OrderStatus.Pending : OrderStatus.Settled, (await FindAsync(order))!.Status);
    }

    /// <summary>The table is locked until both reads have started.</summary>
    [Theory]
    [InlineData(CaseVariant.Leaky, 1)]
    [InlineData(CaseVariant.Fixed, 0)]
    public async Task OnlyLeakyFailsWhereTwoReadsOverlap(CaseVariant variant, int failed)
    {
        Switch.Select(variant);
        var order = await StoreAsync(NewOrder());
        Task<OrderView?>[] reads;
        await using (var db = _database.CreateContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Cancellation);
            await db.Database.ExecuteSqlAsync($"LOCK TABLE orders IN ACCESS EXCLUSIVE MODE", Cancellation);
            reads = [FindAsync(order), FindAsync(order)];
        }
        var errors = await Task.WhenAll(reads.Select(read => Record.ExceptionAsync(() => read).AsTask()));

        Assert.Equal(failed, errors.Count(error => error is not null));
        Assert.All(errors.OfType<Exception>(), error => Assert.IsType<InvalidOperationException>(error));
    }

    /// <summary>The article also blames a long-lived context for connections that stay open. EF Core closes one after each query.</summary>
    [Theory, Variants]
    public async Task AReadLeavesNoConnectionOpen(CaseVariant variant)
    {
        Switch.Select(variant);
        await FindAsync(await StoreAsync(NewOrder()));

        await using var db = _database.CreateContext();
        // The server ends a connection shortly after the client.
        await Eventually.ReadAsync(
            () => db.Database.SqlQuery<int>(
                $"SELECT pid AS \"Value\" FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
                .CountAsync(Cancellation),
            others => others == 0, "the connections to be closed");
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration["ConnectionStrings:orders-db"] = _database.ConnectionString;
        cases.Add<OrderRepositoryCase>();
        builder.AddDatabase<OrdersDb>("orders-db");
        PublishedOrderRepository.AddTo(
            builder.Services, options => options.UseNpgsql(_database.ConnectionString).UseSnakeCaseNamingConvention());
    }

    /// <summary>Its owner reads an order, repeatedly, with its lines in their order.</summary>
    private protected override async Task BehaveAsync()
    {
        var order = await StoreAsync(NewOrder([Line(2), Line(1)]));
        for (var time = 0; time < 2; time++)
        {
            var view = (await FindAsync(order))!;
            Assert.Equal((order.Id, order.Status, order.Total, order.PlacedAt), (view.OrderId, view.Status, view.Total, view.PlacedAt));
            Assert.Equal([new("SKU-0001", "Product 1", 1, 1.5m), new("SKU-0002", "Product 2", 2, 1.5m)], view.Lines);
        }
        Assert.Null(await Current.FindAsync("stranger", order.Id, Cancellation));
        Assert.Null(await Current.FindAsync(Owner, Guid.NewGuid(), Cancellation));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override async Task<WeakReference> OperateAsync()
    {
        // Leaky returns no order, but a text of it.
        var view = await FindAsync(await StoreAsync(NewOrder([Line(1)])));
        return new(view!.Lines[0].Name);
    }

    private protected override long ItemsAfterOneOperation(CaseVariant variant) => variant == CaseVariant.Leaky ? 1 : 0;

    private Task<OrderView?> FindAsync(Order order) => Current.FindAsync(order.CustomerId, order.Id, Cancellation);

    private async Task<Order> StoreAsync(Order order)
    {
        await using var db = _database.CreateContext();
        db.Add(order);
        await db.SaveChangesAsync(Cancellation);
        return order;
    }

    private static Order NewOrder(IEnumerable<OrderItem>? lines = null, string? key = null)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id,
            CustomerId = Owner,
            IdempotencyKey = key ?? $"{id}",
            RequestHash = [1],
            CartId = id,
            Total = 12.5m,
            PlacedAt = TestOrders.Noon,
            Items = [.. lines ?? []],
        };
    }

    private static OrderItem Line(int number)
        => new() { Number = number, Sku = $"SKU-{number:D4}", Name = $"Product {number}", Quantity = number, UnitPrice = 1.5m };
}
