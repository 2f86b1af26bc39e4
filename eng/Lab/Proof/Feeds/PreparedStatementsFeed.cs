using System.Globalization;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Searches for texts that nobody has searched for before; without the case: the list of all orders.</summary>
[Feeding("sessions")]
internal sealed class PreparedStatementsFeed(ProofTarget target) : ICaseFeed
{
    private readonly Traffic _traffic = new(target.Address);
    private int _searches;

    public Task PrepareAsync(CancellationToken cancellationToken)
        => _traffic.LogInAsync(target.Neighbours.Addresses["sessions"], "proof", cancellationToken);

    public Task OperateAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, $"/orders?limit=1&search={NextText()}"), cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken)
        => _traffic.RepeatAsync(count, () => new(HttpMethod.Get, "/orders?limit=1"), cancellationToken);

    public void Dispose() => _traffic.Dispose();

    private string NextText() => string.Create(CultureInfo.InvariantCulture, $"backpack-{Interlocked.Increment(ref _searches):D6}");
}
