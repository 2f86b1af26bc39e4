namespace Shop.Orders.Reading;

/// <summary>One line of an order.</summary>
internal sealed record OrderLineView(string Sku, string Name, int Quantity, decimal UnitPrice);
