using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.CustomerLookup;

/// <summary>
/// Bounded to <see cref="MaxCustomers"/>; a new customer evicts a rarely charged one. A customer is released a minute after the last charge
/// and at the latest five minutes after it was loaded, so that a change at the gateway is seen by then.
/// </summary>
internal sealed class FixedCustomerLookup : ICustomerLookup, ICaseState
{
    /// <summary>More than are charged within <see cref="Unused"/> at 20 orders a second.</summary>
    public const int MaxCustomers = 2_000;

    /// <summary>How long a customer is kept after the last charge.</summary>
    public static readonly TimeSpan Unused = TimeSpan.FromMinutes(1);

    /// <summary>After how long a change at the gateway is seen at the latest.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    private readonly BoundedCache<string, GatewayCustomer> _customers;

    public FixedCustomerLookup(IConfiguration configuration, TimeProvider time, CacheMetrics metrics)
    {
        // FIX: bounded in number and in time; evicting is safe because the gateway has the customers.
        _customers = new(new()
        {
            Capacity = configuration.CapacityOf(CustomerLookupCase.Study, MaxCustomers),
            SlidingExpiration = Unused,
            AbsoluteExpiration = MaxAge,
            Time = time,
        });
        metrics.Observe("gateway-customers", _customers);
    }

    public long HeldItems => _customers.Count;

    public void Reset() => _customers.Clear();

    // Concurrent charges of a customer share one load.
    public ValueTask<GatewayCustomer> FindAsync(
        string customerId, Func<string, CancellationToken, ValueTask<GatewayCustomer>> load, CancellationToken cancellationToken)
        => _customers.GetOrAddAsync(customerId, load, cancellationToken);
}
