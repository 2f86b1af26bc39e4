using Shop.Payments.Data;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.PaymentHistory;

/// <summary>
/// A ring of the latest statuses: bounded by its capacity, <see cref="PaymentHistoryCase.Latest"/>. A full ring overwrites the oldest, and
/// no message outlives its charge.
/// </summary>
internal sealed class FixedPaymentHistory(IConfiguration configuration) : IPaymentHistory, ICaseState
{
    // FIX: an array of fixed size, of nothing but what is read again.
    private readonly PaymentStatus[] _latest
        = new PaymentStatus[configuration.CapacityOf(PaymentHistoryCase.Study, PaymentHistoryCase.Latest)];
    private long _added;

    public long HeldItems
    {
        get
        {
            lock (_latest)
                return Math.Min(_added, _latest.Length);
        }
    }

    public double? DeclinedShare
    {
        get
        {
            lock (_latest)
            {
                var latest = _latest.AsSpan(0, (int)Math.Min(_added, _latest.Length));
                return latest.IsEmpty ? null : (double)latest.Count(PaymentStatus.Declined) / latest.Length;
            }
        }
    }

    public void Reset()
    {
        lock (_latest)
            _added = 0;
    }

    public void Add(OrderPlaced order, PaymentStatus status)
    {
        lock (_latest)
            _latest[_added++ % _latest.Length] = status;
    }
}
