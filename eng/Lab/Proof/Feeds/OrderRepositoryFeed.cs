using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>
/// Orders that are read for the first time, one at a time, because Leaky fails where two reads overlap; without the case the newest order
/// is looked for in the list.
/// </summary>
[Feeding("sessions")]
internal sealed class OrderRepositoryFeed(ProofTarget target) : ICaseFeed
{
    private const string Customer = "proof";
    private readonly Traffic _traffic = new(target.Address);

    public Task PrepareAsync(CancellationToken cancellationToken)
        => _traffic.LogInAsync(target.Neighbours.Addresses["sessions"], Customer, cancellationToken);

    public async Task OperateAsync(int count, CancellationToken cancellationToken)
    {
        foreach (var id in await OrderRows.InsertAsync(target.Backends.Database, Customer, count, cancellationToken))
            await _traffic.SendAsync(() => new(HttpMethod.Get, $"/orders/{id}"), cancellationToken);
    }

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/orders?limit=1"), cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
