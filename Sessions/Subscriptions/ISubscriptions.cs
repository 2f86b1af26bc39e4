using Shop.Sessions.Connections;

namespace Shop.Sessions.Subscriptions;

/// <summary>The subscriptions of the order-status sockets to the bus.</summary>
internal interface ISubscriptions
{
    /// <summary>Accepts the request's connection and serves it; meanwhile the customer's statuses are sent to the socket.</summary>
    Task ServeAsync(HttpContext context, OrderSocket socket);
}
