using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions.ActivityLog;
using Shop.Sessions.ActivityMetrics;

namespace Shop.Sessions.Carts;

/// <summary>Counts and logs the changes of carts.</summary>
internal sealed class CartActivities(CaseSwitch<IActivityMetrics> metrics, CaseSwitch<IActivityLog> log, TimeProvider time)
{
    /// <summary>Adds a change that a customer made.</summary>
    public void Add(SessionView session, string sku, int quantity)
    {
        metrics.Current.Record(ActivityMetric.CartChanges, sku);
        log.Current.Add(new CartActivity(time.GetUtcNow(), session.CustomerId, session.CartId, session.Revision, sku, quantity));
    }
}
