using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Any request to documents; without the case: the liveness probe, which is none.</summary>
[Feeding("sessions")]
internal sealed class DocumentEventsFeed(ProofTarget target) : ICaseFeed
{
    private readonly Traffic _traffic = new(target.Address);

    public Task PrepareAsync(CancellationToken cancellationToken) => _traffic.LogInAsync(target.Neighbours.Addresses["sessions"], "proof", cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/documents?limit=1"), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/alive"), cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
