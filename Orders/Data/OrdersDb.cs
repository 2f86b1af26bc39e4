using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.Data;

/// <summary>
/// The database <c>orders</c>. A change of the model needs a migration:
/// <c>dotnet ef migrations add Name --project Orders --output-dir Data/Migrations</c>, with the package
/// Microsoft.EntityFrameworkCore.Design added to the project for as long as that takes.
/// </summary>
internal sealed class OrdersDb(DbContextOptions<OrdersDb> options) : DbContext(options)
{
    /// <summary>Decides which of two requests with one key makes the order.</summary>
    public const string IdempotencyIndex = "ux_orders_customer_id_idempotency_key";

    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>(MapOrder);
        modelBuilder.Entity<OrderItem>(MapItem);
        modelBuilder.AddOutbox();
        modelBuilder.AddInbox();
    }

    private static void MapOrder(EntityTypeBuilder<Order> order)
    {
        order.ToTable("orders");
        order.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        order.Property(row => row.CustomerId).HasColumnName("customer_id").HasMaxLength(128);
        order.Property(row => row.IdempotencyKey).HasColumnName("idempotency_key").HasMaxLength(128);
        order.Property(row => row.RequestHash).HasColumnName("request_hash").HasMaxLength(32);
        order.Property(row => row.Total).HasColumnName("total").HasPrecision(14, 2);
        // A concurrency token: of two messages that end one order at the same time, the later finds it ended.
        order.Property(row => row.Status).HasColumnName("status").HasConversion<string>().HasMaxLength(16).IsConcurrencyToken();
        order.Property(row => row.DeclineReason).HasColumnName("decline_reason").HasMaxLength(256);
        order.Property(row => row.PlacedAt).HasColumnName("placed_at");
        order.Property(row => row.CompletedAt).HasColumnName("completed_at");
        order.HasMany(row => row.Items).WithOne().HasForeignKey(item => item.OrderId);
        order.HasIndex(row => new { row.CustomerId, row.IdempotencyKey }).IsUnique().HasDatabaseName(IdempotencyIndex);
        order.HasIndex(row => new { row.CustomerId, row.Id }).HasDatabaseName("ix_orders_customer_id_id");
        order.HasIndex(row => new { row.CustomerId, row.PlacedAt }).HasDatabaseName("ix_orders_customer_id_placed_at");
    }

    private static void MapItem(EntityTypeBuilder<OrderItem> item)
    {
        item.ToTable("order_items");
        item.HasKey(row => new { row.OrderId, row.Number });
        item.Property(row => row.OrderId).HasColumnName("order_id");
        item.Property(row => row.Number).HasColumnName("number");
        item.Property(row => row.Sku).HasColumnName("sku").HasMaxLength(32);
        item.Property(row => row.Name).HasColumnName("name").HasMaxLength(128);
        item.Property(row => row.Quantity).HasColumnName("quantity");
        item.Property(row => row.UnitPrice).HasColumnName("unit_price").HasPrecision(12, 2);
    }
}

/// <summary>Adds the database with its outbox and inbox.</summary>
internal static class OrdersDbExtensions
{
    private const int MaxRetries = 3;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(1);

    public static void AddOrdersDb(this IHostApplicationBuilder builder)
    {
        builder.AddNpgsqlDbContext<OrdersDb>("orders-db",
            settings => settings.ConnectionString = settings.ConnectionString.WithBoundedPool(),
            // A customer who waits is told within a few seconds that the database is away.
            options => options.UseNpgsql(npgsql => npgsql.EnableRetryOnFailure(MaxRetries, MaxRetryDelay, null)).LogFailuresOnce());
        builder.AddMigrations<OrdersDb>();
        builder.AddOutbox<OrdersDb>();
        builder.AddInbox<OrdersDb>();
    }
}
