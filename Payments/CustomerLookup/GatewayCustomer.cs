namespace Shop.Payments.CustomerLookup;

/// <summary>A customer as the gateway knows it.</summary>
/// <param name="CustomerId">The shop's id.</param>
/// <param name="Reference">The gateway's id, which each charge must name.</param>
/// <param name="Name">The name on the bills.</param>
/// <param name="Email">The address for receipts.</param>
/// <param name="PaymentMethods">The stored payment methods, the preferred one first.</param>
internal sealed record GatewayCustomer(
    string CustomerId, string Reference, string Name, string Email, IReadOnlyList<PaymentMethod> PaymentMethods);

/// <summary>A payment method that the gateway has stored.</summary>
/// <param name="Token">The gateway's id.</param>
/// <param name="Brand">The brand of the card.</param>
/// <param name="Ending">The last digits of its number.</param>
internal sealed record PaymentMethod(string Token, string Brand, string Ending);
