namespace Shop.ServiceDefaults.Messages;

/// <summary>One line of an order.</summary>
/// <param name="Sku">The product.</param>
/// <param name="Name">Its name when the order was placed.</param>
/// <param name="Quantity">The quantity, 1 to 1,000.</param>
/// <param name="UnitPrice">Its price when the order was placed, in euros.</param>
public sealed record OrderLine(string Sku, string Name, int Quantity, decimal UnitPrice)
{
    /// <summary>The price of the line, in euros.</summary>
    public decimal Amount => Quantity * UnitPrice;
}
