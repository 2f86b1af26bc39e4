namespace Shop.Sessions.OrderStatus;

/// <summary>The message that is sent to a socket.</summary>
/// <param name="OrderId">The order's id.</param>
/// <param name="Status">Settled or Declined.</param>
/// <param name="At">The time at which the status became final.</param>
internal sealed record OrderStatusView(Guid OrderId, string Status, DateTimeOffset At);
