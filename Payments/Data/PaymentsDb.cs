using Microsoft.EntityFrameworkCore;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.Data;

/// <summary>The database <c>payments</c>.</summary>
internal sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : DbContext(options), IInboxContext, IOutboxContext
{
    public const int MaxReasonLength = 256;

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Payment>(payment =>
    {
        // The order's id is the key, so that an order cannot have a second payment.
        payment.HasKey(row => row.OrderId);
        payment.Property(row => row.OrderId).ValueGeneratedNever();
        payment.Property(row => row.CustomerId).HasMaxLength(128);
        payment.Property(row => row.Amount).HasPrecision(14, 2);
        payment.Property(row => row.Status).HasConversion<string>().HasMaxLength(16);
        payment.Property(row => row.DeclineReason).HasMaxLength(MaxReasonLength);
        payment.Property(row => row.ChargeId).HasMaxLength(128);
    });
}
