using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Caching;
using Shop.ServiceDefaults.Cases;

namespace Shop.Tests.Caching;

/// <summary>The lab's routes for the caches.</summary>
public sealed class CacheApiTests
{
    [Fact]
    public void ATraceOfAnUnknownCacheIsRefusedBeforeItIsAllocated()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var caches = new CacheMetrics(services.GetRequiredService<IMeterFactory>());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = CacheApi.StartTrace("nothing", caches, CacheTrace.MaxRequests);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.IsType<ProblemHttpResult>(result.Result);
        Assert.InRange(allocated, 0, CacheTrace.MaxRequests);
    }
}
