using System.Collections.Frozen;
using System.Globalization;

namespace Shop.Orders.Catalogue;

/// <summary>The shop's 500 products, the same in every run and every process.</summary>
internal static class ProductCatalogue
{
    public const int Count = 500;

    private static readonly string[] Makes =
    [
        "Alpine", "Amber", "Atlas", "Birch", "Cedar", "Cobalt", "Copper", "Coral", "Delta", "Ember", "Fjord", "Garnet", "Harbor",
        "Indigo", "Juniper", "Linden", "Maple", "Meridian", "Nordic", "Onyx", "Pine", "Quartz", "Slate", "Tundra", "Willow",
    ];

    private static readonly string[] Things =
    [
        "Backpack", "Blanket", "Bottle", "Camera", "Chair", "Clock", "Desk Lamp", "Headphones", "Jacket", "Kettle",
        "Keyboard", "Knife", "Mug", "Notebook", "Pan", "Radio", "Scarf", "Speaker", "Tent", "Watch",
    ];

    /// <summary>All products, ordered by SKU.</summary>
    public static IReadOnlyList<Product> All { get; } = [.. Enumerable.Range(0, Count).Select(Create)];

    private static readonly FrozenDictionary<string, Product> BySku =
        All.ToFrozenDictionary(product => product.Sku, StringComparer.Ordinal);

    public static Product? Find(string sku) => BySku.GetValueOrDefault(sku);

    private static Product Create(int index) => new(
        string.Create(CultureInfo.InvariantCulture, $"SKU-{index + 1:D4}"),
        $"{Makes[index / Things.Length]} {Things[index % Things.Length]}",
        PriceOf(index));

    // 7919 is prime: the prices from 1.00 to 200.00 look random without depending on the algorithm of a random generator.
    private static decimal PriceOf(int index) => (100 + (index + 1) * 7919 % 19_901) / 100m;
}
