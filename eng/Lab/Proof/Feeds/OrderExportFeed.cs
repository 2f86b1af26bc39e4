using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>One export of as many orders as there are rows. There is no traffic without the case.</summary>
[Feeding("sessions", Window = 500)]
internal sealed class OrderExportFeed(ProofTarget target) : ICaseFeed
{
    private readonly CustomersOfSize _customers = new(target);

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _customers.GetAsync(count, "/orders/export", cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _customers.Dispose();
}
