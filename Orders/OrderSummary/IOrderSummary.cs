using Shop.Orders.Data;

namespace Shop.Orders.OrderSummary;

/// <summary>Summarizes a customer's orders of a day.</summary>
internal interface IOrderSummary
{
    /// <summary>Summarizes the orders that were placed on a day, in UTC. It is not <see cref="DateOnly.MaxValue"/>.</summary>
    Task<DaySummary> SummarizeAsync(OrdersDb db, string customerId, DateOnly day, CancellationToken cancellationToken);
}
