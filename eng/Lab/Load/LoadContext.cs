namespace Shop.Lab.Load;

/// <summary>What all shoppers of a run share.</summary>
internal sealed record LoadContext
{
    public required ShopClient Client { get; init; }

    /// <summary>The connection pool under the client; WebSockets begin in it too.</summary>
    public required HttpMessageInvoker Connections { get; init; }

    public required ShopAddresses Addresses { get; init; }

    public required LoadStatistics Statistics { get; init; }

    public required CustomerPool Customers { get; init; }

    public required Catalogue Catalogue { get; init; }

    public required PngImages Images { get; init; }

    public required TimeProvider Time { get; init; }

    public required int Seed { get; init; }

    /// <summary>Creates what the shoppers of a new run share.</summary>
    public static LoadContext Create(
        ShopAddresses addresses, HttpMessageInvoker connections, LoadStatistics statistics, int shoppers, int seed,
        TimeProvider time) => new()
    {
        Client = new ShopClient(connections, addresses, statistics, time),
        Connections = connections,
        Addresses = addresses,
        Statistics = statistics,
        Customers = new CustomerPool(shoppers, time),
        Catalogue = new Catalogue(),
        Images = new PngImages(seed),
        Time = time,
        Seed = seed,
    };
}

/// <summary>The products as the shoppers last saw them.</summary>
internal sealed class Catalogue
{
    private volatile ProductBody[] _products = [];

    /// <summary>The products; empty until someone has read them.</summary>
    public ProductBody[] Products
    {
        get => _products;
        set => _products = value;
    }
}
