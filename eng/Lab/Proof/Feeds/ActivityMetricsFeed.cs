using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Customers;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Page views; without the case: the same session as another service reads it, which is no page view.</summary>
/// <remarks>Not cart changes: the activity log queues up to 2,000 of them, which hides what this case retains.</remarks>
[Feeding(Capacity = 50, Window = 600)]
internal sealed class ActivityMetricsFeed(ProofTarget target) : ICaseFeed
{
    private readonly Traffic _traffic = new(target.Address);

    public Task PrepareAsync(CancellationToken cancellationToken) => _traffic.LogInAsync(target.Address, "proof", cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/session"), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(
            count, () => new(HttpMethod.Get, "/session") { Headers = { { SessionsClient.CheckHeader, "true" } } }, cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
