using Shop.Orders.Reading;

namespace Shop.Orders.OrderRepository;

/// <summary>Reads single orders.</summary>
internal interface IOrderRepository
{
    /// <summary>Returns the order with its lines; null if there is none, or if it is another customer's.</summary>
    Task<OrderView?> FindAsync(string customerId, Guid orderId, CancellationToken cancellationToken);
}
