using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Customers by the number of their orders, which are inserted when the customer is first needed.</summary>
internal sealed class CustomersOfSize(ProofTarget target) : IDisposable
{
    private readonly Traffic _traffic = new(target.Address);
    private readonly Dictionary<int, string> _sessions = [];

    /// <summary>Sends a request of the customer who has so many orders.</summary>
    public async Task GetAsync(int orders, string path, CancellationToken cancellationToken)
    {
        if (!_sessions.TryGetValue(orders, out var session))
            _sessions[orders] = session = await CreateAsync(orders, cancellationToken);
        await _traffic.SendAsync(() => new(HttpMethod.Get, path) { Headers = { { "X-Session-Id", session } } }, cancellationToken);
    }

    public void Dispose() => _traffic.Dispose();

    private async Task<string> CreateAsync(int orders, CancellationToken cancellationToken)
    {
        var customerId = $"proof-{orders}";
        await OrderRows.InsertAsync(target.Backends.Database, customerId, orders, cancellationToken);
        return await Traffic.OpenSessionAsync(target.Neighbours.Addresses["sessions"], customerId, cancellationToken);
    }
}
