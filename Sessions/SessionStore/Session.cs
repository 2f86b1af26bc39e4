using Shop.ServiceDefaults.Customers;
using Shop.ServiceDefaults.Messages;

namespace Shop.Sessions.SessionStore;

/// <summary>A session in the memory of this process, as the incident and its published fix keep it.</summary>
internal sealed class Session(string customerId, DateTimeOffset createdAt)
{
    private readonly Dictionary<string, int> _items = [];
    private readonly HashSet<Guid> _orders = [];

    /// <summary>The customer who logged in.</summary>
    public string CustomerId { get; } = customerId;

    /// <summary>When the customer last used it.</summary>
    public DateTimeOffset LastAccess { get; set; } = createdAt;

    /// <summary>Puts a product into the cart, or changes its quantity.</summary>
    public void SetItem(string sku, int quantity)
    {
        lock (_items)
            _items[sku] = quantity;
    }

    /// <summary>Takes a product out of the cart.</summary>
    public void RemoveItem(string sku)
    {
        lock (_items)
            _items.Remove(sku);
    }

    /// <summary>Takes what was ordered out of the cart, once per order.</summary>
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

    /// <summary>The session as it is now.</summary>
    public SessionView ToView(string id, TimeSpan idleTimeout)
    {
        lock (_items)
            return new(id, CustomerId, [.. _items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => new CartItem(item.Key, item.Value))], LastAccess + idleTimeout);
    }
}
