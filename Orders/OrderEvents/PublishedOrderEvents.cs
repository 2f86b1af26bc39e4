using Microsoft.Extensions.Caching.Memory;
using Shop.Orders.Data;
using Shop.Orders.Reading;
using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderEvents;

/// <summary>The article's fix: the service's shared memory cache, with a size limit and expiry. It bounds the number of orders and loses events.</summary>
internal sealed class PublishedOrderEvents(IMemoryCache cache) : IOrderEvents, ICaseState
{
    public long HeldItems => ((MemoryCache)cache).Count;

    public void Reset() => ((MemoryCache)cache).Clear();

    public static void Configure(MemoryCacheOptions options, IConfiguration configuration)
    {
        // DEFECT: a full cache refuses the new entry and keeps the old ones, so the newest orders are unreadable right after they were placed.
        options.SizeLimit = configuration.CapacityOf(CaseCatalog.OrderEvents, 100_000);
        options.CompactionPercentage = 0.25;
        options.ExpirationScanFrequency = TimeSpan.FromSeconds(30);
    }

    public void Record(Order order)
    {
        // DEFECT: two events that both find no list each make one, and what was added to the first is gone with it.
        var events = cache.GetOrCreate(KeyOf(order.Id), entry =>
        {
            entry.SlidingExpiration = TimeSpan.FromMinutes(30);
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(2);
            // DEFECT: the size of the entry, not of the list: one order's events grow without bound inside it.
            entry.Size = 1;
            entry.Priority = CacheItemPriority.Normal;
            return new List<OrderEvent>();
        })!;
        // DEFECT: a List is not safe for concurrent use: of two events added at once, one may overwrite the other.
        events.Add(OrderEvent.Of(order));
    }

    public IReadOnlyList<OrderEventView> Read(OrderView order)
        => cache.Get<List<OrderEvent>>(KeyOf(order.OrderId)) is { } events ? [.. events.Select(e => e.ToView())] : [];

    private static string KeyOf(Guid orderId) => $"order_events_{orderId}";
}
