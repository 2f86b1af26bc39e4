using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Shop.Orders.Data;
using Shop.Tests.AppHost;

namespace Shop.Tests.Orders;

/// <summary>A database of a test's own on the running Shop's Postgres, with the tables of Orders; dropped at the end.</summary>
internal sealed class OrdersDatabase : IAsyncDisposable
{
    // Copying a database takes a fraction of its migrations. The tests of the running Shop run sequentially; the server ends with it.
    private static OrdersDatabase? _template;

    private readonly string _shop;
    private readonly string _name = $"test_{Guid.NewGuid():N}";

    private OrdersDatabase(string shop) => _shop = shop;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_shop) { Database = _name, Pooling = false }.ConnectionString;

    public static async Task<OrdersDatabase> CreateAsync(ShopFixture shop)
    {
        var server = (await shop.App.GetConnectionStringAsync("orders-db", Cancellation))!;
        _template ??= await CreateAsync(server, template: null);
        return await CreateAsync(server, _template._name);
    }

    /// <summary>A context of the database.</summary>
    /// <param name="timeZone">The time zone of its connections; null for the server's.</param>
    /// <param name="interceptors">What sees its commands.</param>
    public OrdersDb CreateContext(string? timeZone = null, params IInterceptor[] interceptors)
        => new(new DbContextOptionsBuilder<OrdersDb>()
            .UseNpgsql(new NpgsqlConnectionStringBuilder(ConnectionString) { Timezone = timeZone }.ConnectionString)
            .UseSnakeCaseNamingConvention().AddInterceptors(interceptors).Options);

    public async ValueTask DisposeAsync() => await OnServerAsync($"DROP DATABASE {_name} WITH (FORCE)", CancellationToken.None);

    private static async Task<OrdersDatabase> CreateAsync(string server, string? template)
    {
        var database = new OrdersDatabase(server);
        await database.OnServerAsync($"CREATE DATABASE {database._name} TEMPLATE {template ?? "template1"}", Cancellation);
        if (template is null)
        {
            await using var db = database.CreateContext();
            await db.Database.MigrateAsync(Cancellation);
        }
        return database;
    }

    private async Task OnServerAsync(string command, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_shop);
        await connection.OpenAsync(cancellationToken);
        await using var statement = new NpgsqlCommand(command, connection);
        await statement.ExecuteNonQueryAsync(cancellationToken);
    }
}
