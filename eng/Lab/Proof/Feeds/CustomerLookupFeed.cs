using System.Globalization;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Messages;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Charges of new customers; without the case: of one who is known.</summary>
[Feeding("sessions", "gateway", Capacity = 50)]
internal sealed class CustomerLookupFeed(ProofTarget target) : ICaseFeed
{
    private static readonly OrderLine[] Lines = [new("SKU-0001", "Indigo Headphones", 1, 9.99m)];
    private readonly ChargedOrders _orders = new(target, Lines);
    private int _customers;

    public Task PrepareAsync(CancellationToken cancellationToken) => _orders.PrepareAsync(cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _orders.ChargeAsync(count, NextCustomer, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _orders.ChargeAsync(count, () => "proof", cancellationToken);

    public void Dispose() => _orders.Dispose();

    private string NextCustomer() => string.Create(CultureInfo.InvariantCulture, $"proof-{Interlocked.Increment(ref _customers):D5}");
}
