using Shop.Orders.Catalogue;
using Shop.Orders.Data;
using Shop.ServiceDefaults.Customers;

namespace Shop.Orders.Placing;

/// <summary>Validates a cart against the catalogue. Sessions validates only the format, because it does not know the catalogue.</summary>
internal static class CartCheck
{
    private const int MaxLines = 100;
    private const int MaxQuantity = 1_000;

    /// <summary>Returns the cart's errors by line; empty if the cart can be ordered.</summary>
    public static Dictionary<string, string[]> Run(IReadOnlyList<CartItem> cart)
    {
        if (cart.Count is 0 or > MaxLines)
            return new() { ["cart"] = [cart.Count == 0 ? "The cart is empty." : $"The cart has more than {MaxLines} lines."] };
        var errors = new Dictionary<string, string[]>();
        for (var line = 0; line < cart.Count; line++)
        {
            if (Check(cart[line]) is { } error)
                errors[$"cart[{line}]"] = [error];
        }
        return errors;
    }

    /// <summary>Converts a cart that has passed <see cref="Run"/> to order lines.</summary>
    public static List<OrderItem> ToItems(IReadOnlyList<CartItem> cart) => [.. cart.Select((line, index) => ToItem(line, index + 1))];

    private static string? Check(CartItem line)
    {
        if (ProductCatalogue.Find(line.Sku) is null)
            return "There is no such product.";
        return line.Quantity is < 1 or > MaxQuantity ? $"The quantity must be 1 to {MaxQuantity}." : null;
    }

    private static OrderItem ToItem(CartItem line, int number)
    {
        var product = ProductCatalogue.Find(line.Sku)!;
        return new OrderItem
        {
            Number = number,
            Sku = product.Sku,
            Name = product.Name,
            Quantity = line.Quantity,
            UnitPrice = product.Price,
        };
    }
}
