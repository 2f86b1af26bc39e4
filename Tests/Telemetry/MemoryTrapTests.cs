using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shop.ServiceDefaults.Memory;

namespace Shop.Tests.Telemetry;

/// <summary>What the articles measure, and why it is wrong. Their second monitor is in <see cref="MemoryWarningTests"/>.</summary>
public sealed class MemoryTrapTests
{
    private const int Megabyte = 1_000_000;
    private byte[]? _kept;

    /// <summary>Article 000 subtracts the heap before a request from the heap after it, to find those that allocate over 10 MB.</summary>
    [Fact]
    public void TheHeapDeltaOfARequestIsNegativeAfterACollectionAndTheProcesssAllocationIsNot()
    {
        KeepGarbage(256);
        var before = GC.GetTotalMemory(forceFullCollection: false);
        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        Allocate(20);
        _kept = null;
        GC.Collect();

        Assert.True(GC.GetTotalMemory(forceFullCollection: false) < before);
        Assert.True(GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore >= 20 * Megabyte);
    }

    /// <summary>A request goes on on another thread after an await, whose count is that of other requests.</summary>
    [Fact]
    public void TheCountOfTheRequestsThreadIsWrongAcrossAnAwait()
    {
        long before = 0, after = 0;
        Run(() =>
        {
            Allocate(64);
            before = GC.GetAllocatedBytesForCurrentThread();
        });
        Run(() =>
        {
            Allocate(20);
            after = GC.GetAllocatedBytesForCurrentThread();
        });

        Assert.True(after - before < 0, $"20 MB were allocated, and the difference is {after - before} bytes.");

        static void Run(Action act)
        {
            var thread = new Thread(() => act());
            thread.Start();
            thread.Join();
        }
    }

    /// <summary>What a request allocates after an await is charged to its route, whichever thread it is on.</summary>
    [Fact]
    public async Task ARoutesAllocationIsCountedAcrossAnAwait()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var routes = new RouteAllocations(services.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        var request = new RequestAllocations(async _ =>
        {
            await Task.Run(() => Allocate(10), TestContext.Current.CancellationToken);
            Allocate(10);
        }, routes);
        var context = new DefaultHttpContext();
        context.SetEndpoint(RouteAllocationTests.Route("/across"));
        for (var index = 0; index < 5; index++)
            await request.InvokeAsync(context);

        Assert.InRange(Assert.Single(routes.EnterHigh()).MeanBytes, 19 * Megabyte, long.MaxValue);
    }

    /// <summary>Article 000 publishes it as the size of generation 0. Of a thousand, a collection in between may promote a few.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public void TheGenerationOfANewObjectIsZeroWhateverTheHeap(int megabytes)
    {
        KeepGarbage(megabytes);
        Assert.InRange(Enumerable.Range(0, 1_000).Count(_ => GC.GetGeneration(new object()) == 0), 990, 1_000);
        GC.KeepAlive(_kept);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void KeepGarbage(int megabytes) => _kept = new byte[megabytes * Megabyte];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Allocate(int megabytes)
    {
        for (var index = 0; index < megabytes * 20; index++)
            GC.KeepAlive(new byte[Megabyte / 20]);
    }
}
