using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Places orders at an Orders service under proof, from a few carts, each after a change of its cart.</summary>
internal sealed class CartOrders(ProofTarget target, Traffic traffic)
{
    private const string Sku = "SKU-0001";
    // Sessions that no operation is using: two that used one cart at the same time would order the same revision.
    private readonly ConcurrentBag<string> _sessions = [];

    private Uri Sessions => target.Neighbours.Addresses["sessions"];

    /// <summary>Places an order and returns its id.</summary>
    public async Task<Guid> PlaceAsync(CancellationToken cancellationToken)
    {
        if (!_sessions.TryTake(out var session))
            session = await Traffic.OpenSessionAsync(Sessions, "proof", cancellationToken);
        var item = new Uri(Sessions, $"/session/cart/items/{Sku}");
        await traffic.SendAsync(() => Own(HttpMethod.Put, item, session, """{"quantity":1}"""), cancellationToken);
        var key = Guid.NewGuid().ToString("N");
        var accepted = await traffic.SendAsync(() =>
        {
            var order = Own(HttpMethod.Post, new(target.Address, "/orders"), session, "{}");
            order.Headers.Add("Idempotency-Key", key);
            return order;
        }, cancellationToken);
        _sessions.Add(session);
        return JsonSerializer.Deserialize<OrderAccepted>(accepted, JsonSerializerOptions.Web)!.OrderId;
    }

    private static HttpRequestMessage Own(HttpMethod method, Uri address, string session, string json)
        => new(method, address)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
            Headers = { { "X-Session-Id", session } },
        };

    private sealed record OrderAccepted(Guid OrderId);
}
