namespace Shop.Payments.CustomerLookup;

/// <summary>The gateway's customers, so that a charge need not ask for its customer each time.</summary>
internal interface ICustomerLookup
{
    /// <summary>Returns the customer from memory or loads it. A load that fails is not remembered.</summary>
    ValueTask<GatewayCustomer> FindAsync(
        string customerId, Func<string, CancellationToken, ValueTask<GatewayCustomer>> load, CancellationToken cancellationToken);
}
