using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Messages;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Charges of one customer; without the case: the customer reads a payment.</summary>
internal abstract class PaymentFeed(ProofTarget target, IReadOnlyList<OrderLine> lines) : ICaseFeed
{
    private const string Customer = "proof";
    private readonly ChargedOrders _orders = new(target, lines);
    private readonly Traffic _traffic = new(target.Address);
    private Guid _charged;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _orders.PrepareAsync(cancellationToken);
        await _traffic.LogInAsync(target.Neighbours.Addresses["sessions"], Customer, cancellationToken);
        _charged = await _orders.ChargeAsync(Customer, cancellationToken);
    }

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _orders.ChargeAsync(count, () => Customer, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, $"/payments/{_charged}"), cancellationToken);

    public void Dispose()
    {
        _orders.Dispose();
        _traffic.Dispose();
    }
}
