using Shop.ServiceDefaults.Cases;

namespace Shop.Orders.OrderEvents;

/// <summary>Registers the case. Placing an order and its status changes record events; reading the order returns them.</summary>
internal static class OrderEventsApi
{
    public static void AddOrderEvents(this IHostApplicationBuilder builder)
    {
        builder.Services.AddMemoryCache(options => PublishedOrderEvents.Configure(options, builder.Configuration));
        builder.AddCase<IOrderEvents, LeakyOrderEvents, PublishedOrderEvents, FixedOrderEvents>(CaseCatalog.OrderEvents);
    }
}
