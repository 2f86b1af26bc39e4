using System.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shop.Lab.Proof.Feeds;
using Shop.Orders.Data;
using Shop.Orders.OrderExport;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>The behaviour of the variants, what they hold at a time, and the defects of Published.</summary>
[RunningShop]
public sealed class OrderExportTests(ShopFixture shop) : CaseContract
{
    private const string Customer = "ada";
    private readonly RecordedQueries _queries = new();
    private Func<OrdersDb, string, IAsyncEnumerable<Order>> _published = PublishedOrderExport.ReadPages;
    private OrdersDatabase _database = null!;

    private protected override IOrderExport Current => Services.GetRequiredService<CaseSwitch<IOrderExport>>().Current;

    public override async ValueTask InitializeAsync() => Own(_database = await OrdersDatabase.CreateAsync(shop));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _queries.Dispose();
    }

    /// <summary>The first line says how much was read before it, and with it how long the customer waited.</summary>
    [Theory]
    [InlineData(CaseVariant.Leaky, 1_000, 1_000)]
    [InlineData(CaseVariant.Fixed, 1_000, FixedOrderExport.PageSize)]
    [InlineData(CaseVariant.Fixed, 100_000, FixedOrderExport.PageSize)]
    public async Task TheFirstLineArrivesBeforeFixedHasReadTheSecondPage(CaseVariant variant, int orders, int read)
    {
        await InsertAsync(orders);
        await using var db = OpenDatabase();
        await using var export = Open(variant, db);
        Assert.NotNull(await export.ReadAsync());

        Assert.Equal([read * OrderRows.Lines], _queries.Rows);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky, 1_000)]
    [InlineData(CaseVariant.Fixed, FixedOrderExport.PageSize)]
    public async Task FixedStaysWithinItsBoundFromTheFirstPageToTheLast(CaseVariant variant, int readAtOnce)
    {
        await InsertAsync(1_000);
        await using var db = OpenDatabase();
        await using var export = Open(variant, db);
        Assert.Equal(1_000, (await export.ReadToEndAsync()).Count);

        Assert.Equal(readAtOnce * OrderRows.Lines, _queries.Rows.Max());
        Assert.Equal(variant == CaseVariant.Leaky, db.ChangeTracker.Entries().Any());
    }

    [Theory, Variants]
    public async Task AClientThatHangsUpEndsTheExport(CaseVariant variant)
    {
        await InsertAsync(1_000);
        await using var db = OpenDatabase();
        await using var export = Open(variant, db);
        await export.ReadAsync();
        export.HangUp();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => export.Ended.WaitAsync(Eventually.Timeout, Cancellation));
        Assert.Equal(1, _queries.Count);
    }

    /// <summary>While the first page is read, 100 of its orders are settled: their rows move behind all others.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, 100, 100)]
    [InlineData(CaseVariant.Fixed, 0, 0)]
    public async Task EachOrderIsExportedOnceWhileOrdersAreUpdated(CaseVariant variant, int lost, int doubled)
    {
        const int orders = 2 * PublishedOrderExport.PageSize;
        await InsertAsync(orders);
        await using var db = OpenDatabase();
        await using var export = Open(variant, db);
        var first = await export.ReadAsync();
        await using (var other = OpenDatabase())
            await other.Orders.OrderBy(order => order.Id).Take(100)
                .ExecuteUpdateAsync(order => order.SetProperty(row => row.Status, OrderStatus.Declined), Cancellation);
        var ids = (await export.ReadToEndAsync()).Prepend(first!.Value).Select(order => order.GetProperty("orderId").GetGuid()).ToList();

        Assert.Equal((lost, doubled), (orders - ids.Distinct().Count(), ids.Count - ids.Distinct().Count()));
    }

    /// <summary>The rows that the database reads for the first page and at most for a later one.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Published, PublishedOrderExport.PageSize, 10 * PublishedOrderExport.PageSize)]
    [InlineData(CaseVariant.Fixed, FixedOrderExport.PageSize, FixedOrderExport.PageSize)]
    public async Task ALaterPageCostsAsMuchAsTheFirst(CaseVariant variant, long first, long most)
    {
        await InsertAsync(10 * PublishedOrderExport.PageSize);
        await using var db = OpenDatabase();
        await using var export = Open(variant, db);
        await export.ReadToEndAsync();
        var scanned = await _queries.CountScannedAsync(_database.ConnectionString, "orders");

        Assert.Equal((first, most), (scanned[0], scanned.Max()));
    }

    [Theory, Defect]
    [InlineData(CaseVariant.Published, 2_000)]
    [InlineData(CaseVariant.Fixed, 0)]
    public async Task NoOrderIsTracked(CaseVariant variant, int tracked)
    {
        _published = PublishedOrderExport.ReadStream;
        await InsertAsync(2_000);
        await using var db = OpenDatabase();
        await using var export = Open(variant, db);
        await export.ReadToEndAsync();

        Assert.Equal(tracked, db.ChangeTracker.Entries<Order>().Count());
    }

    [Theory, Defect]
    [InlineData(CaseVariant.Published, ConnectionState.Open)]
    [InlineData(CaseVariant.Fixed, ConnectionState.Closed)]
    public async Task NoConnectionIsInUseWhileTheClientReads(CaseVariant variant, ConnectionState state)
    {
        _published = PublishedOrderExport.ReadStream;
        await InsertAsync(1_000);
        await using var db = OpenDatabase();
        await using var export = Open(variant, db);
        await export.ReadAsync();

        Assert.Equal(state, db.Database.GetDbConnection().State);
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:orders-db", _database.ConnectionString)]);
        builder.AddServiceDefaults();
        builder.AddDatabase<OrdersDb>("orders-db");
        cases.Add<OrderExportCase>();
        builder.Services.AddKeyedSingleton<IOrderExport>(CaseVariant.Published, (services, _)
            => new PublishedOrderExport(_published, services.GetRequiredService<IOptions<JsonOptions>>()));
    }

    /// <summary>An export has all orders of the customer and no other's, oldest first and with their lines.</summary>
    private protected override async Task BehaveAsync()
    {
        await InsertAsync(250);
        await OrderRows.InsertAsync(_database.ConnectionString, "bob", 1, Cancellation);
        await AssertExportAsync(Customer, 250);
        await AssertExportAsync("bob", 1);
        await AssertExportAsync("carol", 0);
    }

    private async Task AssertExportAsync(string customer, int orders)
    {
        await using var db = OpenDatabase();
        var placed = await db.Orders.Where(order => order.CustomerId == customer).OrderBy(order => order.Id)
            .Select(order => order.Id).ToListAsync(Cancellation);
        await using var export = new OpenExport(Current, db, customer);
        var exported = await export.ReadToEndAsync();

        Assert.Equal(orders, exported.Count);
        Assert.Equal(placed, exported.Select(order => order.GetProperty("orderId").GetGuid()));
        Assert.Equal(JsonLines.ContentType, export.Response.ContentType);
        Assert.All(exported, order => Assert.Equal(
            ["SKU-0001", "SKU-0002"], order.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("sku").GetString())));
    }

    private async Task InsertAsync(int orders) => await OrderRows.InsertAsync(_database.ConnectionString, Customer, orders, Cancellation);

    private OpenExport Open(CaseVariant variant, OrdersDb db)
    {
        Switch.Select(variant);
        return new OpenExport(Current, db, Customer);
    }

    /// <summary>A context as the service has it, whose queries are recorded.</summary>
    private OrdersDb OpenDatabase()
        => new(new DbContextOptionsBuilder<OrdersDb>(Services.GetRequiredService<DbContextOptions<OrdersDb>>())
            .AddInterceptors(_queries).Options);
}
