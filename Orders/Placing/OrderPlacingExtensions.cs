namespace Shop.Orders.Placing;

/// <summary>Registers the placing of orders.</summary>
internal static class OrderPlacingExtensions
{
    public static void AddOrderPlacing(this IHostApplicationBuilder builder) => builder.Services.AddScoped<OrderPlacing>();
}
