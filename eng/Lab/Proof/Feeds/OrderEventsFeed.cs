using System.Text;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Orders placed from one cart, which nothing empties here; without the case: the customer's newest order.</summary>
[Feeding("sessions", Capacity = 50)]
internal sealed class OrderEventsFeed(ProofTarget target) : ICaseFeed
{
    private const string Sku = "SKU-0001";
    private readonly Traffic _traffic = new(target.Address);

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var sessions = target.Neighbours.Addresses["sessions"];
        var session = await _traffic.LogInAsync(sessions, "proof", cancellationToken);
        await _traffic.SendAsync(() => new(HttpMethod.Put, new Uri(sessions, $"/sessions/{session}/cart/items/{Sku}")) { Content = Json("""{"quantity":1}""") }, cancellationToken);
    }

    public Task OperateAsync(int count, CancellationToken cancellationToken) => Traffic.RepeatAsync(count, PlaceOrderAsync, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/orders?limit=1"), cancellationToken);

    public void Dispose() => _traffic.Dispose();

    private Task PlaceOrderAsync(CancellationToken cancellationToken)
    {
        var key = Guid.NewGuid().ToString("N");
        return _traffic.SendAsync(() => new(HttpMethod.Post, "/orders") { Content = Json("{}"), Headers = { { "Idempotency-Key", key } } }, cancellationToken);
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
