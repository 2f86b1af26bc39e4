using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.Data;

/// <summary>The database <c>orders</c>.</summary>
internal sealed class OrdersDb(DbContextOptions<OrdersDb> options) : DbContext(options), IInboxContext, IOutboxContext
{
    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderItem> OrderItems => Set<OrderItem>();

    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>(MapOrder);
        modelBuilder.Entity<OrderItem>(MapItem);
    }

    private static void MapOrder(EntityTypeBuilder<Order> order)
    {
        order.Property(row => row.Id).ValueGeneratedNever();
        order.Property(row => row.CustomerId).HasMaxLength(128);
        order.Property(row => row.IdempotencyKey).HasMaxLength(128);
        order.Property(row => row.RequestHash).HasMaxLength(32);
        order.Property(row => row.Total).HasPrecision(14, 2);
        // A concurrency token: of two concurrent messages that complete an order, the second fails, and its retry finds it completed.
        order.Property(row => row.Status).HasConversion<string>().HasMaxLength(16).IsConcurrencyToken();
        order.Property(row => row.DeclineReason).HasMaxLength(256);
        order.HasMany(row => row.Items).WithOne().HasForeignKey(item => item.OrderId);
        // Of two concurrent requests with the same key, only one can insert the order.
        order.HasIndex(row => new { row.CustomerId, row.IdempotencyKey }).IsUnique();
        order.HasIndex(row => new { row.CartId, row.CartRevision }).IsUnique();
        // Of two concurrent orders from the same cart, also at different revisions, only one can follow the order before: the other must
        // not contain the same lines again.
        order.HasIndex(row => new { row.CartId, row.PreviousRevision }).IsUnique();
        order.HasIndex(row => new { row.CustomerId, row.Id });
        order.HasIndex(row => new { row.CustomerId, row.PlacedAt });
        // Only of the few orders that have no outcome yet, for those that wait too long.
        order.HasIndex(row => row.PlacedAt).HasFilter($"status = '{OrderStatus.Pending}'");
    }

    private static void MapItem(EntityTypeBuilder<OrderItem> item)
    {
        item.HasKey(row => new { row.OrderId, row.Number });
        item.Property(row => row.Sku).HasMaxLength(32);
        item.Property(row => row.Name).HasMaxLength(128);
        item.Property(row => row.UnitPrice).HasPrecision(12, 2);
    }
}
