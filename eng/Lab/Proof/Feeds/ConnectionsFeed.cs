using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>
/// Customers who log in and lose the connection of their order-status socket; without the case: they log in, and others, who return, lose
/// theirs.
/// </summary>
[Feeding]
internal sealed class ConnectionsFeed(ProofTarget target) : ICaseFeed
{
    private readonly ReturningCustomers _returning = new(target.Address);
    private readonly StatusSockets _sockets = new(target.Address);

    public Task PrepareAsync(CancellationToken cancellationToken) => _returning.LogInAsync(cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => Traffic.RepeatAsync(count, async token => await LoseAsync(await LogInAsync(token), token), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => Traffic.RepeatAsync(count, async token =>
        {
            await LogInAsync(token);
            await LoseAsync(_returning.Next, token);
        }, cancellationToken);

    public void Dispose() => _sockets.Dispose();

    // Another customer each time.
    private Task<string> LogInAsync(CancellationToken cancellationToken)
        => Traffic.OpenSessionAsync(target.Address, $"{Guid.NewGuid():N}", cancellationToken);

    private async Task LoseAsync(string session, CancellationToken cancellationToken)
    {
        using var socket = await _sockets.OpenAsync(session, cancellationToken);
        socket.Abort();
    }
}
