using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Orders.Data;
using Shop.Orders.OrderSummary;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>The sums of the variants, in a database of the tests' own, and the plans of their queries.</summary>
[RunningShop]
public sealed class OrderSummaryTests(ShopFixture shop) : CaseContract
{
    private const string Customer = "ada";
    private const int Days = 200;
    private const int OrdersADay = 100;
    private static readonly DateOnly Day = new(2026, 11, 27);
    private static readonly DateTimeOffset Midnight = new(Day, TimeOnly.MinValue, TimeSpan.Zero);
    // Postgres stores microseconds.
    private static readonly TimeSpan Moment = TimeSpan.FromMicroseconds(1);
    private OrdersDatabase _database = null!;

    private protected override IOrderSummary Current => Services.GetRequiredService<CaseSwitch<IOrderSummary>>().Current;

    public override async ValueTask InitializeAsync() => Own(_database = await OrdersDatabase.CreateAsync(shop));

    /// <summary>From fourteen hours before UTC to twelve after it.</summary>
    [Theory, Variants]
    public async Task TheServersTimeZoneChangesNoSum(CaseVariant variant)
    {
        Switch.Select(variant);
        await InsertDayAsync();
        foreach (var timeZone in new[] { "Etc/GMT+12", "America/St_Johns", "UTC", "Asia/Kolkata", "Pacific/Kiritimati" })
        {
            await using var db = _database.CreateContext(timeZone);
            var current = db.Database.SqlQuery<string>($"SELECT current_setting('TimeZone') AS \"Value\"");
            Assert.Equal([timeZone], await current.ToListAsync(Cancellation));

            await AssertSummariesAsync(db);
        }
    }

    /// <summary>The article's own query would be slow where its peak is low: it compares a function of the column.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task OnlyARangeOfTheColumnUsesTheIndex(bool isArticles, bool isIndexed)
    {
        await InsertManyDaysAsync();
        using var queries = new RecordedQueries();
        await using var db = _database.CreateContext(null, queries);
        var orders = isArticles
            ? await CountAsTheArticleAsync(db)
            : (await Current.SummarizeAsync(db, Customer, Day, Cancellation)).Orders;

        Assert.Equal(OrdersADay, orders);
        var plan = await queries.ExplainLastAsync(_database.ConnectionString);
        var conditions = plan.Split('\n').Where(line => line.Contains("\"Index Cond\"", StringComparison.Ordinal));
        Assert.Equal(isIndexed, conditions.Any(condition => condition.Contains("placed_at >=", StringComparison.Ordinal)));
        Assert.Equal(isIndexed, conditions.Any(condition => condition.Contains("placed_at <", StringComparison.Ordinal)));
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder) => cases.Add<OrderSummaryCase>();

    /// <summary>An order belongs to the day in which it was placed, from the first to the last moment.</summary>
    private protected override async Task BehaveAsync()
    {
        await InsertDayAsync();
        await using var db = _database.CreateContext();
        await AssertSummariesAsync(db);
    }

    private async Task AssertSummariesAsync(OrdersDb db)
    {
        Assert.Equal(new DaySummary(Day.AddDays(-1), 1, 1_000.01m, 0, 1, 0, 1_000.01m), await SummarizeAsync(db, Day.AddDays(-1)));
        Assert.Equal(new DaySummary(Day, 4, 111.33m, 1, 2, 1, 10.13m), await SummarizeAsync(db, Day));
        Assert.Equal(new DaySummary(Day.AddDays(1), 1, 2_000.02m, 1, 0, 0, 0), await SummarizeAsync(db, Day.AddDays(1)));
        Assert.Equal(new DaySummary(Day.AddDays(2), 0, 0, 0, 0, 0, 0), await SummarizeAsync(db, Day.AddDays(2)));
    }

    private Task<DaySummary> SummarizeAsync(OrdersDb db, DateOnly day) => Current.SummarizeAsync(db, Customer, day, Cancellation);

    // The same condition as in the article: a function of the column.
    private static Task<int> CountAsTheArticleAsync(OrdersDb db)
    {
        var day = Day.ToDateTime(TimeOnly.MinValue);
        return db.Orders.Where(order => order.CustomerId == Customer && order.PlacedAt.Date == day)
            .GroupBy(order => 1).Select(group => group.Count()).FirstOrDefaultAsync(Cancellation);
    }

    /// <summary>So many that an index is worth its while, with the statistics that Postgres decides by.</summary>
    private async Task InsertManyDaysAsync()
    {
        await using var db = _database.CreateContext();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO orders (id, customer_id, idempotency_key, request_hash, cart_id, cart_revision, previous_revision, total, status,
                placed_at)
            SELECT gen_random_uuid(), {Customer}, gen_random_uuid(), '', gen_random_uuid(), 1, 0, 1, 'Settled',
                {Midnight} - (number % {Days}) * interval '1 day' + interval '1 hour'
            FROM generate_series(0, {(Days * OrdersADay) - 1}) number
            """, Cancellation);
        await db.Database.ExecuteSqlRawAsync("ANALYZE orders", Cancellation);
    }

    private async Task InsertDayAsync()
    {
        await using var db = _database.CreateContext();
        db.AddRange(
            Placed(Midnight - Moment, OrderStatus.Settled, 1_000.01m),
            Placed(Midnight, OrderStatus.Settled, 0.10m),
            Placed(Midnight.AddHours(12), OrderStatus.Declined, 100.20m),
            Placed(Midnight.AddHours(13), OrderStatus.Pending, 1.00m),
            Placed(Midnight.AddDays(1) - Moment, OrderStatus.Settled, 10.03m),
            Placed(Midnight.AddDays(1), OrderStatus.Pending, 2_000.02m),
            Placed(Midnight.AddHours(12), OrderStatus.Settled, 5_000m, customer: "bob"));
        await db.SaveChangesAsync(Cancellation);
    }

    private static Order Placed(DateTimeOffset at, OrderStatus status, decimal total, string customer = Customer)
    {
        var id = Guid.CreateVersion7();
        return new Order
        {
            Id = id,
            CustomerId = customer,
            IdempotencyKey = id.ToString("N"),
            RequestHash = [1],
            CartId = id,
            Total = total,
            Status = status,
            PlacedAt = at,
            Items = [new OrderItem { Number = 1, Sku = "SKU-0001", Name = "Product", Quantity = 1, UnitPrice = total }],
        };
    }
}
