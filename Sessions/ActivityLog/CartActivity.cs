namespace Shop.Sessions.ActivityLog;

/// <summary>A change of a cart, as the activity log has it.</summary>
/// <param name="At">The time of the change.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="CartId">The cart. Not the session, whose id is a credential.</param>
/// <param name="Revision">The revision of the cart after the change.</param>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">Its quantity after the change; 0 if it was removed.</param>
internal sealed record CartActivity(DateTimeOffset At, string CustomerId, Guid CartId, long Revision, string Sku, int Quantity);
