using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;

namespace Shop.Sessions.SessionStore;

/// <summary>An in-process session, as in the incident and its published fix.</summary>
internal sealed class Session(string customerId, DateTimeOffset createdAt)
{
    private readonly Dictionary<string, int> _items = [];
    private readonly HashSet<Guid> _orders = [];

    /// <summary>The customer who logged in.</summary>
    public string CustomerId { get; } = customerId;

    /// <summary>The time of the last use.</summary>
    public DateTimeOffset LastAccess { get; set; } = createdAt;

    /// <summary>Adds a product to the cart or changes its quantity.</summary>
    public void SetItem(string sku, int quantity)
    {
        lock (_items)
            _items[sku] = quantity;
    }

    /// <summary>Removes a product from the cart.</summary>
    public void RemoveItem(string sku)
    {
        lock (_items)
            _items.Remove(sku);
    }

    /// <summary>Subtracts the ordered quantities from the cart, once per order.</summary>
    public void TakeLines(Guid orderId, IReadOnlyList<OrderLine> lines)
    {
        lock (_items)
        {
            if (!_orders.Add(orderId))
                return;
            foreach (var line in lines)
            {
                if (_items.TryGetValue(line.Sku, out var held) && held > line.Quantity)
                    _items[line.Sku] = held - line.Quantity;
                else
                    _items.Remove(line.Sku);
            }
        }
    }

    /// <summary>Returns a snapshot of the session.</summary>
    public SessionView ToView(string id, TimeSpan idleTimeout)
    {
        lock (_items)
        {
            var cart = _items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => new CartItem(item.Key, item.Value));
            return new(id, CustomerId, [.. cart], LastAccess + idleTimeout);
        }
    }
}
