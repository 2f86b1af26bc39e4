using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Orders.Data;
using Shop.Orders.PreparedStatements;
using Shop.Orders.Reading;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;

namespace Shop.Tests.Orders;

/// <summary>What the variants find, and what they leave in the driver and in the server.</summary>
[RunningShop]
public sealed class PreparedStatementsTests(ShopFixture shop) : RetainedContract
{
    private const int Texts = 50;
    private const int MaxAutoPrepare = 5;

    // Each is the name of a product.
    private static readonly string[] Names =
    [
        "Alpine Backpack", "O'Brien's Mug", "50% Tent", "Snake_Case", @"Back\slash", "Zürich 日本 😀", "$1 @p0 :p0 {0} ?",
        "'; DROP TABLE orders; --", @"\'; DROP TABLE orders; --", "' OR 'a' = 'a",
    ];

    // Wildcards, quotes, escapes, the case of letters, and what is nowhere.
    private static readonly string[] Parts =
        ["%", "_", @"\", "'", "''", @"\\", @"\'", "o'brien", "PACK", "sku-000", "0%", "e_C", "eC", "none"];

    private OrdersDatabase _database = null!;
    private string? _settings;

    private protected override IPreparedStatements Current => Services.GetRequiredService<CaseSwitch<IPreparedStatements>>().Current;

    /// <summary>Fixed holds nothing between two operations.</summary>
    private protected override long Bound => 0;

    public override async ValueTask InitializeAsync() => Own(_database = await OrdersDatabase.CreateAsync(shop));

    /// <summary>All searches use one connection, because they do not overlap. It may prepare statements by itself, up to a bound.</summary>
    [Theory]
    [InlineData(CaseVariant.Leaky, Texts)]
    [InlineData(CaseVariant.Fixed, 1)]
    public async Task TheServerHasAStatementOfEachTextOnlyIfTheyAreExplicitlyPrepared(CaseVariant variant, long statements)
    {
        Switch.Select(variant);
        for (var text = 0; text < Texts; text++)
            await SearchAsync("ada", $"{text}");

        await using var connection = await OpenAsync(variant);
        Assert.Equal(statements, await ScalarAsync(connection, "SELECT count(*) FROM pg_prepared_statements"));
    }

    [Fact]
    public async Task AResetEndsTheServersProcessThatHasTheStatements()
    {
        Switch.Select(CaseVariant.Leaky);
        await SearchAsync("ada", "backpack");
        int process;
        await using (var connection = await OpenAsync(CaseVariant.Leaky))
            process = connection.ProcessID;
        Switch.Reset();

        await using var other = await OpenAsync(CaseVariant.Fixed);
        await Eventually.ReadAsync(
            () => ScalarAsync(other, $"SELECT count(*) FROM pg_stat_activity WHERE pid = {process}"), count => count == 0,
            "the connection to be closed");
        await using var next = await OpenAsync(CaseVariant.Leaky);
        Assert.Equal(0, await ScalarAsync(next, "SELECT count(*) FROM pg_prepared_statements"));
    }

    /// <summary>A setting of the server that is off makes a backslash an escape character in plain literals.</summary>
    [Fact]
    public async Task LeakysTextStaysWithinItsLiteralWhateverTheServersSettings()
    {
        _settings = "-c standard_conforming_strings=off";
        Switch.Select(CaseVariant.Leaky);
        await BehaveAsync();

        await using var connection = await OpenAsync(CaseVariant.Leaky);
        Assert.Equal(1, await ScalarAsync(
            connection, "SELECT count(*) FROM pg_settings WHERE name = 'standard_conforming_strings' AND setting = 'off'"));
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration["ConnectionStrings:orders-db"] = new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Pooling = true,
            MaxPoolSize = 1,
            MaxAutoPrepare = MaxAutoPrepare,
            Options = _settings,
        }.ConnectionString;
        cases.Add<PreparedStatementsCase>();
        builder.AddDatabase<OrdersDb>("orders-db");
    }

    /// <summary>A search finds the orders with a product whose name or SKU contains the text, whatever is in it.</summary>
    private protected override async Task BehaveAsync()
    {
        var customer = $"{Guid.NewGuid()}";
        var orders = await StoreAsync(customer);
        await StoreAsync("stranger");
        foreach (var search in (string[])[.. Names, .. Parts])
        {
            var found = orders.Where(order => order.Items.Any(item => Contains(item.Name, search) || Contains(item.Sku, search)));
            Assert.Equal(
                found.OrderByDescending(order => order.Id).Select(OrderListItem.Projection.Compile()), await SearchAsync(customer, search));
        }
    }

    /// <summary>Returns the text that Leaky sends; Fixed sends what is searched for as a parameter.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override async Task<WeakReference> OperateAsync()
    {
        var search = $"{Guid.NewGuid():N}";
        object sent = search;
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.GetTagItem("db.query.text") is string text && text.Contains(search, StringComparison.Ordinal))
                    sent = text;
            },
        };
        ActivitySource.AddActivityListener(spans);
        await SearchAsync("ada", search);
        return new(sent);
    }

    private protected override long ItemsAfterOneOperation(CaseVariant variant) => variant == CaseVariant.Leaky ? 1 : 0;

    /// <summary>Reads all pages.</summary>
    private async Task<List<OrderListItem>> SearchAsync(string customer, string search)
    {
        var found = new List<OrderListItem>();
        Guid? after = null;
        do
        {
            var page = await Current.SearchAsync(customer, after, limit: 3, search, Cancellation);
            found.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return found;
    }

    /// <summary>Opens the connection that the variant has used.</summary>
    private async Task<NpgsqlConnection> OpenAsync(CaseVariant variant)
    {
        if (variant == CaseVariant.Leaky)
            return await Services.GetRequiredService<SearchConnections>().OpenAsync(Cancellation);
        await using var db = await Services.GetRequiredService<IDbContextFactory<OrdersDb>>().CreateDbContextAsync(Cancellation);
        var connection = new NpgsqlConnection(db.Database.GetConnectionString());
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    private static async Task<long> ScalarAsync(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    /// <summary>Stores an order of each product; half of them are completed.</summary>
    private async Task<List<Order>> StoreAsync(string customer)
    {
        var orders = Names.Select((name, index) => NewOrder(customer, name, index)).ToList();
        await using var db = _database.CreateContext();
        db.AddRange(orders);
        await db.SaveChangesAsync(Cancellation);
        return orders;
    }

    private static Order NewOrder(string customer, string name, int index)
    {
        var id = Guid.CreateVersion7();
        return new()
        {
            Id = id,
            CustomerId = customer,
            IdempotencyKey = $"{id}",
            RequestHash = [1],
            CartId = id,
            Total = 12.5m + index,
            Status = index % 2 == 0 ? OrderStatus.Pending : OrderStatus.Settled,
            PlacedAt = TestOrders.Noon,
            CompletedAt = index % 2 == 0 ? null : TestOrders.Noon.AddSeconds(index),
            Items = [new OrderItem { Number = 1, Sku = $"SKU-{index:D4}", Name = name, Quantity = 1, UnitPrice = 12.5m }],
        };
    }

    private static bool Contains(string value, string search) => value.Contains(search, StringComparison.OrdinalIgnoreCase);
}
