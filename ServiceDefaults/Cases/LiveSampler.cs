using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.ServiceDefaults.Cases;

/// <summary>Reads this instance's samples, one a second, as long as somebody wants them.</summary>
internal sealed class LiveSampler(
    IEnumerable<ICaseSwitch> switches, RequestTimes requests, CollectCount collects, TimeProvider time, IHostApplicationLifetime host)
{
    private const int WindowSeconds = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>The samples until the caller leaves or the service stops, which would otherwise wait for the caller.</summary>
    public async IAsyncEnumerable<LiveSample> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        using var timer = new PeriodicTimer(Interval, time);
        var window = new Queue<LatencyCounts>([requests.Read()]);
        do
        {
            yield return Read(window);
        }
        while (await NextAsync(timer, end.Token));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken end)
    {
        try
        {
            return await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private LiveSample Read(Queue<LatencyCounts> window)
    {
        var total = requests.Read();
        var recent = total.Since(window.Peek());
        window.Enqueue(total);
        if (window.Count > WindowSeconds)
            window.Dequeue();
        var heap = GC.GetGCMemoryInfo(GCKind.Any);
        var full = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return new(
            ProcessView.InstanceName, Environment.ProcessId, ProcessView.Started, time.GetUtcNow(),
            full.Index > 0 ? full.HeapSizeBytes - full.FragmentedBytes : null,
            Generations(heap), GC.GetTotalAllocatedBytes(precise: false), Environment.WorkingSet,
            [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)],
            GC.GetTotalPauseDuration().TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds,
            total.Count, requests.Failures, recent.Percentile(0.5)?.TotalSeconds, recent.Percentile(0.95)?.TotalSeconds,
            collects.Value, [.. switches.Select(CaseSample.Of)]);
    }

    private static long[] Generations(GCMemoryInfo heap)
    {
        var bytes = new long[heap.GenerationInfo.Length];
        for (var generation = 0; generation < bytes.Length; generation++)
            bytes[generation] = heap.GenerationInfo[generation].SizeAfterBytes;
        return bytes;
    }
}
