using Shop.ServiceDefaults.Caching;
using Shop.Lab.Sizing.Policies;

namespace Shop.Tests.Caching;

/// <summary>Hit rates over seeded Zipf traces, on one thread.</summary>
public sealed class HitRateTests
{
    private const int Keys = 50_000;
    private const int Requests = 400_000;
    private const int WarmUp = Requests / 4;

    [Theory]
    [InlineData(0.8, 500)]
    [InlineData(0.8, 5_000)]
    [InlineData(0.8, 12_500)]
    [InlineData(1.0, 500)]
    [InlineData(1.0, 5_000)]
    [InlineData(1.0, 12_500)]
    public void TheHitRateIsNoWorseThanLruAndWithinOnePercentagePointOfTheBestPolicy(double skew, int capacity)
    {
        var trace = ZipfTrace.Create(42, skew, Keys, Requests);
        var cache = new BoundedCache<int, int>(new() { Capacity = capacity });
        var rate = Rate(trace, key =>
        {
            if (cache.TryGet(key, out _))
                return true;
            cache.Set(key, key);
            return false;
        });
        IPolicy[] policies = [new SievePolicy(capacity), new S3FifoPolicy(capacity), new WTinyLfuPolicy(capacity)];
        var best = policies.Max(policy => Rate(trace, policy.Request));

        Assert.InRange(rate, Rate(trace, new LruPolicy(capacity).Request), 1);
        Assert.InRange(rate, best - 0.01, 1);
    }

    private static double Rate(int[] trace, Func<int, bool> request)
    {
        var hits = 0;
        for (var i = 0; i < trace.Length; i++)
        {
            if (request(trace[i]) && i >= WarmUp)
                hits++;
        }
        return (double)hits / (trace.Length - WarmUp);
    }
}
