using Shop.ServiceDefaults.Customers;

namespace Shop.Sessions.SessionStore;

/// <summary>The result of a change to a cart.</summary>
/// <param name="Session">The session after the change; null if it is unknown or has expired.</param>
/// <param name="IsFull">Whether the product was not added because the cart has its maximum number of products.</param>
internal readonly record struct CartChange(SessionView? Session, bool IsFull = false);
