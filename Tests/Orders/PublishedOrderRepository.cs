using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Orders.Data;

namespace Shop.Tests.Orders;

/// <summary>
/// The article's fix, without its read of a single order, which is Fixed's: a context for each operation. Its writes would lose data, so it
/// cannot be selected in the service.
/// </summary>
internal sealed partial class PublishedOrderRepository(
    IDbContextFactory<PublishedOrderRepository.OptimizedOrdersDb> contexts, ILogger<PublishedOrderRepository> logger)
{
    public static void AddTo(IServiceCollection services, Action<DbContextOptionsBuilder> configure)
    {
        services.AddDbContextFactory<OptimizedOrdersDb>(configure, ServiceLifetime.Scoped);
        // DEFECT: the services have a factory of this context already, so this one is not added: no context is ever reused.
        services.AddPooledDbContextFactory<OptimizedOrdersDb>(configure, poolSize: 128);
        services.AddScoped<PublishedOrderRepository>();
    }

    public async Task<List<Order>> GetBatchAsync(IEnumerable<Guid> orderIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Orders.Where(order => orderIds.Contains(order.Id)).AsNoTracking()
            // DEFECT: an order with some of its columns is not distinguishable from a whole one: UpdateAsync overwrites the others.
            .Select(order => new Order
            {
                Id = order.Id,
                CustomerId = order.CustomerId,
                IdempotencyKey = order.IdempotencyKey,
                RequestHash = order.RequestHash,
                Total = order.Total,
                Status = order.Status,
                PlacedAt = order.PlacedAt,
            })
            .ToListAsync(cancellationToken);
    }

    public async Task UpdateAsync(Order order, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            db.Orders.Attach(order);
            db.Entry(order).State = EntityState.Modified;
            // DEFECT: the result is never 0: if no row matches, SaveChanges throws DbUpdateConcurrencyException.
            if (await db.SaveChangesAsync(cancellationToken) == 0)
                LogNoRow(logger, order.Id);
        }
        catch (Exception exception)
        {
            LogError(logger, exception, order.Id);
            throw;
        }
    }

    [LoggerMessage(LogLevel.Warning, "No row was updated for order {OrderId}")]
    private static partial void LogNoRow(ILogger logger, Guid orderId);

    [LoggerMessage(LogLevel.Error, "Order {OrderId} could not be updated")]
    private static partial void LogError(ILogger logger, Exception exception, Guid orderId);

    /// <summary>The context "with memory optimizations".</summary>
    internal sealed class OptimizedOrdersDb : DbContext
    {
        public OptimizedOrdersDb(DbContextOptions<OptimizedOrdersDb> options) : base(options)
        {
            ChangeTracker.AutoDetectChangesEnabled = false;
            ChangeTracker.LazyLoadingEnabled = false;
            // DEFECT: a loaded order is not tracked, unless each query of a write says otherwise: its changes are not saved.
            ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        }

        public DbSet<Order> Orders => Set<Order>();

        public DbSet<OrderItem> OrderItems => Set<OrderItem>();

        public override async Task<int> SaveChangesAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                ChangeTracker.DetectChanges();
                return await base.SaveChangesAsync(cancellationToken);
            }
            finally
            {
                // DEFECT: a failed save is cleared too: its repetition has nothing to save, and succeeds.
                ChangeTracker.Clear();
            }
        }

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Order>().Property(order => order.Status).HasConversion<string>();
            modelBuilder.Entity<OrderItem>().HasKey(item => new { item.OrderId, item.Number });
        }
    }
}
