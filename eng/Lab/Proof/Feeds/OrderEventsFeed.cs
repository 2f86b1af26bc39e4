using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Orders placed from a few carts; without the case: the customer's newest order.</summary>
[Feeding("sessions", Capacity = 50)]
internal sealed class OrderEventsFeed : ICaseFeed
{
    private readonly ProofTarget _target;
    private readonly Traffic _traffic;
    private readonly CartOrders _orders;

    public OrderEventsFeed(ProofTarget target)
    {
        _target = target;
        _traffic = new Traffic(target.Address);
        _orders = new CartOrders(target, _traffic);
    }

    public Task PrepareAsync(CancellationToken cancellationToken)
        => _traffic.LogInAsync(_target.Neighbours.Addresses["sessions"], "proof", cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => Traffic.RepeatAsync(count, _orders.PlaceAsync, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/orders?limit=1"), cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
