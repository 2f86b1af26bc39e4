using System.Collections.Concurrent;
using Npgsql;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Proof.Feeds;

/// <summary>
/// Orders of which the last three quarters come while the broker is away, so that accepted work waits when the process is killed. An
/// order has been executed if it waits for Payments, as one message, however often that was published.
/// </summary>
[Feeding("sessions", Window = 200)]
internal sealed class OrderDispatchFeed : ILossFeed
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private readonly ProofTarget _target;
    private readonly Traffic _traffic;
    private readonly CartOrders _orders;
    private ConcurrentBag<Guid> _accepted = [];
    private int _acceptedCount;

    public OrderDispatchFeed(ProofTarget target)
    {
        _target = target;
        _traffic = new Traffic(target.Address);
        _orders = new CartOrders(target, _traffic);
    }

    public int Accepted => Volatile.Read(ref _acceptedCount);

    public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task OperateAsync(int count, CancellationToken cancellationToken)
    {
        await Traffic.RepeatAsync(count / 4, PlaceAsync, cancellationToken);
        await _target.Backends.Broker.DisconnectAsync(cancellationToken);
        try
        {
            await Traffic.RepeatAsync(count - (count / 4), PlaceAsync, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // The kill. The orders that it cut off may have been stored or not.
        }
        await _target.Backends.Broker.ConnectAsync(cancellationToken);
    }

    public Task ControlAsync(int count, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<LossCount> CountAsync(CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(_target.Backends.Database);
        while (await CountUnpublishedAsync(database, cancellationToken) > 0)
            await Task.Delay(Poll, cancellationToken);
        var taken = await WaitingCharges.TakeAsync(_target.Backends.Broker.Address, cancellationToken);
        var waiting = taken.Distinct().CountBy(charge => charge.Order).ToDictionary();
        var stored = await ReadOrdersAsync(database, cancellationToken);
        var accepted = Interlocked.Exchange(ref _accepted, []);
        return new LossCount(
            accepted.Count(order => !waiting.ContainsKey(order)),
            waiting.Values.Count(messages => messages > 1),
            waiting.Keys.Count(order => !stored.Contains(order)));
    }

    public void Dispose() => _traffic.Dispose();

    private async Task PlaceAsync(CancellationToken cancellationToken)
    {
        _accepted.Add(await _orders.PlaceAsync(cancellationToken));
        Interlocked.Increment(ref _acceptedCount);
    }

    private static async Task<long> CountUnpublishedAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var count = database.CreateCommand("SELECT count(*) FROM outbox");
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<HashSet<Guid>> ReadOrdersAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var read = database.CreateCommand("SELECT id FROM orders");
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        var orders = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken))
            orders.Add(reader.GetGuid(0));
        return orders;
    }
}
