using Shop.Lab.Cases;
using Shop.Lab.Load;

namespace Shop.Lab.Baselines;

/// <summary>
/// Makes the load in rounds, and reads after each what is alive. The first round warms the services up and is not counted.
/// </summary>
internal sealed class BaselineRun(ShopAddresses addresses, LabClient lab, double rate, TimeSpan round, TimeProvider time)
{
    private const int Shoppers = 200;
    private const int Seed = 1;
    private static readonly TimeSpan Ramp = TimeSpan.FromSeconds(1);

    /// <summary>Records.</summary>
    /// <param name="report">Is told of each round, from 0 on.</param>
    /// <param name="cancellationToken">Ends the load and the record.</param>
    /// <exception cref="LabException">A service does not answer, or requests of the load failed.</exception>
    public async Task<BaselineRecord> RunAsync(Action<int> report, CancellationToken cancellationToken)
    {
        using var connections = ShopClient.CreatePool(LoadRun.MaxInFlight);
        await ShopProbe.RequireAsync(addresses, connections, cancellationToken);
        var bytes = ShopAddresses.Names.ToDictionary(service => service, _ => new List<long>());
        for (var index = 0; index <= BaselineRecord.Rounds; index++)
        {
            var end = await LoadAsync(connections, index, cancellationToken);
            // A service that has just started may answer its first requests too late.
            if (index > 0 && (end.Failed > 0 || end.Settled + end.Declined == 0))
                throw new LabException($"The load is not the same: {end.Failed} failures in {end.Arrivals} visits, "
                    + $"{end.Settled + end.Declined} orders ended.");
            foreach (var (service, rounds) in bytes)
            {
                var result = await lab.CollectAsync(service, cancellationToken);
                if (index > 0)
                    rounds.Add(result.HeapBytesAfter);
            }
            report(index);
        }
        return new(time.GetUtcNow(), rate, round.TotalSeconds,
            bytes.ToDictionary(service => service.Key, service => (IReadOnlyList<long>)service.Value));
    }

    // Each round has other shoppers, and each baseline the same.
    private async Task<LoadSnapshot> LoadAsync(HttpMessageInvoker connections, int index, CancellationToken cancellationToken)
    {
        var statistics = new LoadStatistics(time);
        var shop = LoadContext.Create(addresses, connections, statistics, Shoppers, Seed + index, time);
        using var run = new LoadRun(shop, new ArrivalSchedule(rate, Ramp, isConstant: true, Seed + index), round);
        await run.RunAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return statistics.ReadAll();
    }
}
