namespace Shop.Orders.Placing;

/// <summary>The response to an accepted order.</summary>
internal sealed record OrderAccepted(Guid OrderId);
