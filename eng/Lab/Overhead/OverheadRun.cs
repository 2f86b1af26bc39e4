using System.Diagnostics;
using System.Globalization;
using Shop.Lab.Proof.Running;

namespace Shop.Lab.Overhead;

/// <summary>
/// Runs a service with and without the memory monitoring side by side, so that whatever else the machine does meets both. Each round has
/// processes of its own: a service keeps the code and the buffers that it happened to start with.
/// </summary>
/// <param name="backends">The servers.</param>
/// <param name="rate">Requests to each per second; 0 for an idle service, which is only scraped.</param>
/// <param name="interval">The interval over which the CPU time is measured.</param>
internal sealed class OverheadRun(Backends backends, double rate, TimeSpan interval)
{
    private const string Service = "sessions";
    // Until the code that the requests run has been compiled for the second time.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan IdleTick = TimeSpan.FromSeconds(1);

    /// <summary>The processes that the servers' host has to know.</summary>
    public static IEnumerable<(string Name, string Service)> Services(int rounds)
        => from round in Enumerable.Range(1, rounds)
           from name in (string[])[NameOf(round, isMonitored: true), NameOf(round, isMonitored: false)]
           select (name, Service);

    /// <summary>Measures one round.</summary>
    /// <param name="round">Its number, from 1 on. The processes take turns in starting first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<OverheadRound> RunAsync(int round, CancellationToken cancellationToken)
    {
        var isFirst = round % 2 != 0;
        await using var first = await OverheadTarget.StartAsync(backends, NameOf(round, isFirst), isFirst, cancellationToken);
        await using var second = await OverheadTarget.StartAsync(backends, NameOf(round, !isFirst), !isFirst, cancellationToken);
        await AskAsync([first, second], WarmUp, cancellationToken);
        var (firstCpu, secondCpu, started) = (first.CpuTime, second.CpuTime, Stopwatch.GetTimestamp());
        await AskAsync([first, second], interval, cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(started);
        (firstCpu, secondCpu) = (first.CpuTime - firstCpu, second.CpuTime - secondCpu);
        // After the CPU was read: these collections are the Lab's.
        var one = new OverheadReading(firstCpu / elapsed, await first.ReadLiveBytesAsync(cancellationToken));
        var other = new OverheadReading(secondCpu / elapsed, await second.ReadLiveBytesAsync(cancellationToken));
        return isFirst ? new(one, other) : new(other, one);
    }

    private async Task AskAsync(OverheadTarget[] targets, TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var scrapes = 0;
        using var timer = new PeriodicTimer(rate > 0 ? TimeSpan.FromSeconds(1 / rate) : IdleTick);
        while (Stopwatch.GetElapsedTime(started) < duration && await timer.WaitForNextTickAsync(cancellationToken))
        {
            if (rate > 0)
                await Task.WhenAll(targets.Select(target => target.VisitAsync(cancellationToken)));
            if (Stopwatch.GetElapsedTime(started) < scrapes * ScrapeInterval)
                continue;
            scrapes++;
            await Task.WhenAll(targets.Select(target => target.ScrapeAsync(cancellationToken)));
        }
    }

    private static string NameOf(int round, bool isMonitored)
        => string.Create(CultureInfo.InvariantCulture, $"overhead-{round}-{(isMonitored ? "with" : "without")}");
}
