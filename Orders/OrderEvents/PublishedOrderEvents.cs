using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Shop.Orders.Data;
using Shop.Orders.Reading;
using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderEvents;

/// <summary>
/// The article's fix: the service's shared memory cache, with a size limit and expiration. It bounds the number of orders,
/// but loses events.
/// </summary>
internal sealed class PublishedOrderEvents(IMemoryCache cache) : IOrderEvents, ICaseState
{
    public long HeldItems => ((MemoryCache)cache).Count;

    public void Reset() => ((MemoryCache)cache).Clear();

    [SuppressMessage("Memory", "SHOP6003", Justification = "The published fix bounds the orders, not their events.")]
    public static void Configure(MemoryCacheOptions options, IConfiguration configuration)
    {
        // DEFECT: a full cache refuses the new entry and keeps the old ones, so the newest orders have no events.
        options.SizeLimit = configuration.CapacityOf(OrderEventsCase.Study, 100_000);
        options.CompactionPercentage = 0.25;
        options.ExpirationScanFrequency = TimeSpan.FromSeconds(30);
    }

    [SuppressMessage("Memory", "SHOP6002", Justification = "The published fix bounds the orders, not their events.")]
    [SuppressMessage("Memory", "SHOP6007", Justification = "The published fix adds to the list without a lock.")]
    public void Record(Order order)
    {
        // DEFECT: two concurrent events that find no list create two lists; the second replaces the first, whose event is lost.
        var events = cache.GetOrCreate(KeyOf(order.Id), entry =>
        {
            entry.SlidingExpiration = TimeSpan.FromMinutes(30);
            entry.AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(2);
            // DEFECT: the size counts the entry, not its list: the events of one order grow without bound.
            entry.Size = 1;
            entry.Priority = CacheItemPriority.Normal;
            return new List<OrderEvent>();
        })!;
        // DEFECT: List is not safe for concurrent use: of two events added concurrently, one may overwrite the other.
        events.Add(OrderEvent.Of(order));
    }

    public IReadOnlyList<OrderEventView> Read(OrderView order)
        => cache.Get<List<OrderEvent>>(KeyOf(order.OrderId)) is { } events ? [.. events.Select(e => e.ToView())] : [];

    private static string KeyOf(Guid orderId) => $"order_events_{orderId}";
}
