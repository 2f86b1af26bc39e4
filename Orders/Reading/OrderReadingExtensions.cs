namespace Shop.Orders.Reading;

/// <summary>Registers the services that read orders.</summary>
internal static class OrderReadingExtensions
{
    public static void AddOrderReading(this IHostApplicationBuilder builder) => builder.Services.AddScoped<OrderReading>();
}
