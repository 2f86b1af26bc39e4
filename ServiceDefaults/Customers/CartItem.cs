namespace Shop.ServiceDefaults.Customers;

/// <summary>One line of a cart.</summary>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">The quantity, 1 to 1,000.</param>
/// <param name="Revision">The cart's revision when the line was last set.</param>
public sealed record CartItem(string Sku, int Quantity, long Revision);
