using Microsoft.EntityFrameworkCore;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.Data;

/// <summary>
/// The database <c>payments</c>. A change of the model needs a migration:
/// <c>dotnet ef migrations add Name --project Payments --output-dir Data/Migrations</c>, with the package
/// Microsoft.EntityFrameworkCore.Design added to the project for as long as that takes.
/// </summary>
internal sealed class PaymentsDb(DbContextOptions<PaymentsDb> options) : DbContext(options)
{
    public const int MaxReasonLength = 256;

    public DbSet<Payment> Payments => Set<Payment>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Payment>(payment =>
        {
            payment.ToTable("payments");
            // The order's id is the key: a second payment of an order cannot be stored, whatever goes wrong.
            payment.HasKey(row => row.OrderId);
            payment.Property(row => row.OrderId).HasColumnName("order_id").ValueGeneratedNever();
            payment.Property(row => row.CustomerId).HasColumnName("customer_id").HasMaxLength(128);
            payment.Property(row => row.Amount).HasColumnName("amount").HasPrecision(14, 2);
            payment.Property(row => row.Status).HasColumnName("status").HasConversion<string>().HasMaxLength(16);
            payment.Property(row => row.DeclineReason).HasColumnName("decline_reason").HasMaxLength(MaxReasonLength);
            payment.Property(row => row.ChargeId).HasColumnName("charge_id").HasMaxLength(128);
            payment.Property(row => row.CompletedAt).HasColumnName("completed_at");
        });
        modelBuilder.AddOutbox();
        modelBuilder.AddInbox();
    }
}

/// <summary>Adds the database with its outbox and inbox.</summary>
internal static class PaymentsDbExtensions
{
    private const int MaxRetries = 3;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(1);

    public static void AddPaymentsDb(this IHostApplicationBuilder builder)
    {
        builder.AddNpgsqlDbContext<PaymentsDb>("payments-db",
            settings => settings.ConnectionString = settings.ConnectionString.WithBoundedPool(),
            // A customer who waits is told within a few seconds that the database is away.
            options => options.UseNpgsql(npgsql => npgsql.EnableRetryOnFailure(MaxRetries, MaxRetryDelay, null)).LogFailuresOnce());
        builder.AddMigrations<PaymentsDb>();
        builder.AddOutbox<PaymentsDb>();
        builder.AddInbox<PaymentsDb>();
    }
}
