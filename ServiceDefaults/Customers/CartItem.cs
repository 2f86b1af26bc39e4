namespace Shop.ServiceDefaults.Customers;

/// <summary>One line of a cart.</summary>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">The quantity, 1 to 1,000.</param>
public sealed record CartItem(string Sku, int Quantity);
