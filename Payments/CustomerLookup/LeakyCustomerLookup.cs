using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.CustomerLookup;

/// <summary>
/// <c>static LeakyCustomerLookup._customers → GatewayCustomer.PaymentMethods → List&lt;PaymentMethod&gt; → PaymentMethod</c>: every
/// customer who has ever paid, as it was then.
/// </summary>
internal sealed class LeakyCustomerLookup : ICustomerLookup, ICaseState
{
    private static readonly ConcurrentDictionary<string, GatewayCustomer> _customers = new();

    public long HeldItems => _customers.Count;

    public void Reset() => _customers.Clear();

    [SuppressMessage("Memory", "SHOP1001", Justification = "The incident: each customer is loaded once and kept.")]
    public async ValueTask<GatewayCustomer> FindAsync(
        string customerId, Func<string, CancellationToken, ValueTask<GatewayCustomer>> load, CancellationToken cancellationToken)
    {
        if (_customers.TryGetValue(customerId, out var known))
            return known;
        var customer = await load(customerId, cancellationToken);
        // LEAK: the dictionary is static and has neither bound nor expiry: a customer is retained, and never asked for again.
        _customers[customerId] = customer;
        return customer;
    }
}
