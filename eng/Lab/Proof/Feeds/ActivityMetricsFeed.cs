using System.Net.Http.Json;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Customers;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Cart changes; without the case: the session as another service reads it, which is no page view.</summary>
[Feeding(Capacity = 50, Window = 600)]
internal sealed class ActivityMetricsFeed(ProofTarget target) : ICaseFeed
{
    private readonly Traffic _traffic = new(target.Address);

    public Task PrepareAsync(CancellationToken cancellationToken) => _traffic.LogInAsync(target.Address, "proof", cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(
            count, () => new(HttpMethod.Put, "/session/cart/items/SKU-0001") { Content = JsonContent.Create(new { quantity = 1 }) },
            cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(
            count, () => new(HttpMethod.Get, "/session") { Headers = { { SessionsClient.CheckHeader, "true" } } }, cancellationToken);

    public void Dispose() => _traffic.Dispose();
}
