using System.Net.WebSockets;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Customers who lose the connection of their order-status socket; without the case: customers who close it.</summary>
[Feeding]
internal sealed class SubscriptionsFeed(ProofTarget target) : ICaseFeed
{
    private readonly ReturningCustomers _customers = new(target.Address);
    private readonly StatusSockets _sockets = new(target.Address);

    public Task PrepareAsync(CancellationToken cancellationToken) => _customers.LogInAsync(cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => Traffic.RepeatAsync(count, async token =>
        {
            using var socket = await _sockets.OpenAsync(_customers.Next, token);
            socket.Abort();
        }, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => Traffic.RepeatAsync(count, async token =>
        {
            using var socket = await _sockets.OpenAsync(_customers.Next, token);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, token);
        }, cancellationToken);

    public void Dispose() => _sockets.Dispose();
}
