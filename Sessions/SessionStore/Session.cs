using Shop.ServiceDefaults.Customers;

namespace Shop.Sessions.SessionStore;

/// <summary>An in-process session, as in the incident and its published fix.</summary>
internal sealed class Session(Guid cartId, string customerId, DateTimeOffset createdAt)
{
    private readonly Dictionary<string, CartItem> _items = [];
    private long _revision;

    /// <summary>The customer who logged in.</summary>
    public string CustomerId { get; } = customerId;

    /// <summary>The time of the last use.</summary>
    public DateTimeOffset LastAccess { get; set; } = createdAt;

    /// <summary>Adds a product to the cart or changes its quantity.</summary>
    public void SetItem(string sku, int quantity)
    {
        lock (_items)
            _items[sku] = new CartItem(sku, quantity, ++_revision);
    }

    /// <summary>Removes a product from the cart.</summary>
    public void RemoveItem(string sku)
    {
        lock (_items)
        {
            if (_items.Remove(sku))
                _revision++;
        }
    }

    /// <summary>Removes the products that have not changed since a revision.</summary>
    public void TakeOrdered(long revision)
    {
        lock (_items)
        {
            foreach (var item in _items.Values.Where(item => item.Revision <= revision).ToList())
                _items.Remove(item.Sku);
        }
    }

    /// <summary>Returns a snapshot of the session.</summary>
    public SessionView ToView(TimeSpan idleTimeout)
    {
        lock (_items)
        {
            var cart = _items.Values.OrderBy(item => item.Sku, StringComparer.Ordinal);
            return new(CustomerId, cartId, _revision, [.. cart], LastAccess + idleTimeout);
        }
    }
}
