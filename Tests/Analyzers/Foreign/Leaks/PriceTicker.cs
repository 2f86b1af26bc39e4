namespace Foreign.Leaks;

public sealed class PriceFeed
{
    public event Action<decimal>? Changed;

    public void Push(decimal price) => Changed?.Invoke(price);
}

public sealed class PriceTicker
{
    private decimal latest;

    public PriceTicker(PriceFeed feed) => feed.Changed += price => latest = price;

    public decimal Latest => latest;
}

public static class PriceModule
{
    public static void Register(IServiceCollection services) => services.AddSingleton<PriceFeed>().AddScoped<PriceTicker>();
}
