namespace Shop.Orders.Catalogue;

/// <summary>A product of the shop.</summary>
/// <param name="Sku">The product's id, starting with <c>SKU-0001</c>.</param>
/// <param name="Name">The product's name.</param>
/// <param name="Price">The unit price, in euros.</param>
internal sealed record Product(string Sku, string Name, decimal Price);
