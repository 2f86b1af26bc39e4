using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Shop.Documents.Data;
using Shop.Orders.Data;
using Shop.Payments.Data;
using Shop.ServiceDefaults;

namespace Shop.Tests.Data;

/// <summary>What a service gets by <see cref="Databases.AddDatabase"/>, without a server.</summary>
public sealed class DatabaseTests
{
    [Fact]
    public void OrdersHasSnakeCaseNamesAndItsMigrations() => AssertModel<OrdersDb>("orders", "order_items", "inbox", "outbox");

    [Fact]
    public void PaymentsHasSnakeCaseNamesAndItsMigrations() => AssertModel<PaymentsDb>("payments", "inbox", "outbox");

    [Fact]
    public void DocumentsHasSnakeCaseNamesAndItsMigrations()
        => AssertModel<DocumentsDb>("documents", "document_lines", "document_contents", "inbox");

    [Theory]
    [InlineData("Host=nowhere", 20)]
    [InlineData("Host=nowhere;Maximum Pool Size=7", 7)]
    [InlineData("Host=nowhere;MaxPoolSize=7", 7)]
    public void ThePoolIsBoundedUnlessTheConnectionStringBoundsIt(string connectionString, int size)
        => With<PaymentsDb>(connectionString,
            db => Assert.Equal(size, new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()).MaxPoolSize));

    [Fact]
    public void LostConnectionsAreRetried()
        => With<PaymentsDb>("Host=nowhere", db => Assert.True(db.Database.CreateExecutionStrategy().RetriesOnFailure));

    private static void AssertModel<TContext>(params string[] tables) where TContext : DbContext => With<TContext>("Host=nowhere", db =>
    {
        Assert.Equal(tables.Order(), db.Model.GetEntityTypes().Select(entity => entity.GetTableName()).Order());
        Assert.All(db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()),
            property => Assert.Matches("^[a-z][a-z0-9_]*$", property.GetColumnName()));
        Assert.False(db.Database.HasPendingModelChanges());
    });

    private static void With<TContext>(string connectionString, Action<TContext> assert) where TContext : DbContext
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["ConnectionStrings:db"] = connectionString;
        builder.AddDatabase<TContext>("db");
        using var services = builder.Services.BuildServiceProvider();
        using var scope = services.CreateScope();
        assert(scope.ServiceProvider.GetRequiredService<TContext>());
    }
}
