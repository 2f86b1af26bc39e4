using Microsoft.Extensions.Options;

namespace Shop.Gateway;

/// <summary>The gateway's counts of all charges.</summary>
/// <param name="Charges">Charges that were approved or declined, one per idempotency key.</param>
/// <param name="Declined">How many of them were declined.</param>
/// <param name="Attempts">Valid charge requests.</param>
/// <param name="DuplicatesRefused">Attempts that returned the existing charge of their idempotency key.</param>
internal sealed record LedgerSummary(long Charges, long Declined, long Attempts, long DuplicatesRefused);

/// <summary>The gateway's charges, one per idempotency key; at most <see cref="GatewayOptions.MaxCharges"/>.</summary>
internal sealed class ChargeLedger(IOptions<GatewayOptions> options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Charge> _charges = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();
    private LedgerSummary _summary = new(0, 0, 0, 0);

    public LedgerSummary Summary
    {
        get
        {
            lock (_lock)
                return _summary;
        }
    }

    public Charge? Find(string key)
    {
        lock (_lock)
            return _charges.GetValueOrDefault(key);
    }

    /// <summary>Charges the order, or returns the key's existing charge.</summary>
    public Charge Charge(string key, Guid orderId, decimal amount, double decision)
    {
        lock (_lock)
        {
            _summary = _summary with { Attempts = _summary.Attempts + 1 };
            if (_charges.TryGetValue(key, out var charged))
            {
                _summary = _summary with { DuplicatesRefused = _summary.DuplicatesRefused + 1 };
                return charged;
            }
            return Add(key, Decide(orderId, amount, decision));
        }
    }

    private Charge Decide(Guid orderId, decimal amount, double decision)
    {
        var declined = decision < options.Value.DeclineRate;
        return new Charge($"ch_{Guid.CreateVersion7():N}", orderId, amount, declined ? ChargeStatus.Declined : ChargeStatus.Approved,
            declined ? "insufficient_funds" : null, time.GetUtcNow());
    }

    private Charge Add(string key, Charge charge)
    {
        if (_charges.Count >= options.Value.MaxCharges)
            _charges.Remove(_oldest.Dequeue());
        _charges.Add(key, charge);
        _oldest.Enqueue(key);
        var declined = charge.Status == ChargeStatus.Declined ? 1 : 0;
        _summary = _summary with { Charges = _summary.Charges + 1, Declined = _summary.Declined + declined };
        return charge;
    }
}
