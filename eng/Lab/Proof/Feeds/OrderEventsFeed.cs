using System.Collections.Concurrent;
using System.Text;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Orders placed from a few carts, each after a change of its cart; without the case: the customer's newest order.</summary>
[Feeding("sessions", Capacity = 50)]
internal sealed class OrderEventsFeed(ProofTarget target) : ICaseFeed
{
    private const string Sku = "SKU-0001";
    private readonly Traffic _traffic = new(target.Address);
    // Sessions that no operation is using: two that used one cart at the same time would order the same revision.
    private readonly ConcurrentBag<string> _sessions = [];

    private Uri Sessions => target.Neighbours.Addresses["sessions"];

    public Task PrepareAsync(CancellationToken cancellationToken)
        => _traffic.LogInAsync(Sessions, "proof", cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken) => Traffic.RepeatAsync(count, PlaceOrderAsync, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/orders?limit=1"), cancellationToken);

    public void Dispose() => _traffic.Dispose();

    private async Task PlaceOrderAsync(CancellationToken cancellationToken)
    {
        if (!_sessions.TryTake(out var session))
            session = await Traffic.OpenSessionAsync(Sessions, "proof", cancellationToken);
        var item = new Uri(Sessions, $"/session/cart/items/{Sku}");
        await _traffic.SendAsync(() => Own(HttpMethod.Put, item, session, """{"quantity":1}"""), cancellationToken);
        var key = Guid.NewGuid().ToString("N");
        await _traffic.SendAsync(() =>
        {
            var order = Own(HttpMethod.Post, new(target.Address, "/orders"), session, "{}");
            order.Headers.Add("Idempotency-Key", key);
            return order;
        }, cancellationToken);
        _sessions.Add(session);
    }

    private static HttpRequestMessage Own(HttpMethod method, Uri address, string session, string json)
        => new(method, address)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
            Headers = { { "X-Session-Id", session } },
        };
}
