namespace Shop.Payments.Charging;

/// <summary>Registers the client.</summary>
internal static class GatewayClientExtensions
{
    public static void AddGatewayClient(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<GatewayClient>();
}
