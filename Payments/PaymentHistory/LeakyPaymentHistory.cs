using System.Diagnostics.CodeAnalysis;
using Shop.Payments.Data;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;

namespace Shop.Payments.PaymentHistory;

/// <summary>
/// <c>singleton LeakyPaymentHistory._transactions → PaymentTransaction.Order → OrderPlaced</c>: every message that was ever charged,
/// although only the latest are read.
/// </summary>
internal sealed class LeakyPaymentHistory(IConfiguration configuration) : IPaymentHistory, ICaseState
{
    private readonly List<PaymentTransaction> _transactions = [];
    private readonly int _latest = configuration.CapacityOf(PaymentHistoryCase.Study, PaymentHistoryCase.Latest);

    public long HeldItems
    {
        get
        {
            lock (_transactions)
                return _transactions.Count;
        }
    }

    public double? DeclinedShare
    {
        get
        {
            lock (_transactions)
            {
                var latest = _transactions.TakeLast(_latest).ToList();
                return latest.Count == 0 ? null : (double)latest.Count(charge => charge.Status == PaymentStatus.Declined) / latest.Count;
            }
        }
    }

    public void Reset()
    {
        lock (_transactions)
        {
            _transactions.Clear();
            _transactions.TrimExcess();
        }
    }

    [SuppressMessage("Memory", "SHOP1001", Justification = "The incident: a singleton keeps all charges.")]
    public void Add(OrderPlaced order, PaymentStatus status)
    {
        lock (_transactions)
        {
            // LEAK: nothing removes a transaction, and the list is as old as the process: each charge adds its whole message.
            _transactions.Add(new PaymentTransaction(order, status));
        }
    }
}
