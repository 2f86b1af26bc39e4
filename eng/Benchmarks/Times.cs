using System.Diagnostics;

namespace Shop.Benchmarks;

/// <summary>
/// Times on a busy machine: several instances of each cache in one process, which take turns, so that a disturbance meets all of them. A
/// ratio is BoundedCache's time divided by the cache's in the same turn. CPU time is that of the whole process on both threads: it contains
/// no waiting, but the work on other threads too (compaction, garbage collection). An instance that is slow for its whole life shows in the
/// spread of the instances.
/// </summary>
internal static class Times
{
    private const int Instances = 4;
    private const int Turns = 7;
    private const int WarmUps = 3;

    public static void Print()
    {
        Console.WriteLine($"{Instances} instances of each cache, {Turns} turns; ns per operation; medians of all.");
        Console.WriteLine();
        Console.WriteLine("| Zipf | capacity | cache | ns | ratio | CPU ns | ratio | CPU ns of the instances, fastest to slowest |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var zipf in (double[])[0.8, 1.0])
        {
            var threads = new TwoThreads(zipf);
            foreach (var capacity in (int[])[10_000, 200_000])
                Print(zipf, capacity, threads);
        }
    }

    private static void Print(double zipf, int capacity, TwoThreads threads)
    {
        var caches = Contenders.All.Select(cache => Create(threads, cache.Create, capacity)).ToArray();
        // By cache and instance: one time of each turn.
        var times = caches.Select(instances => instances.Select(_ => new List<(double Elapsed, double Cpu)>()).ToArray()).ToArray();
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var instance = 0; instance < Instances; instance++)
            {
                for (var cache = 0; cache < caches.Length; cache++)
                    times[cache][instance].Add(Time(threads, caches[cache][instance]));
            }
        }
        foreach (var (i, (name, _)) in Contenders.All.Index())
            Console.WriteLine($"| {zipf:0.0} | {capacity:N0} | {name} | {Row(times[0], times[i])} |");
        foreach (var instance in caches.SelectMany(instances => instances))
            instance.Dispose();
    }

    private static string Row(List<(double Elapsed, double Cpu)>[] bounded, List<(double Elapsed, double Cpu)>[] cache)
    {
        var all = cache.SelectMany(turns => turns).ToArray();
        var pairs = bounded.SelectMany(turns => turns).Zip(all).ToArray();
        var instances = cache.Select(turns => Median(turns.Select(time => time.Cpu))).Order();
        return $"{Median(all.Select(time => time.Elapsed)):0} | "
            + $"{Median(pairs.Select(pair => pair.First.Elapsed / pair.Second.Elapsed)):0.00} | "
            + $"{Median(all.Select(time => time.Cpu)):0} | {Median(pairs.Select(pair => pair.First.Cpu / pair.Second.Cpu)):0.00} | "
            + string.Join(' ', instances.Select(median => $"{median:0}"));
    }

    private static Contender[] Create(TwoThreads threads, Func<int, Func<string>, Contender> create, int capacity)
    {
        var instances = Enumerable.Range(0, Instances).Select(_ => create(capacity, static () => "v")).ToArray();
        foreach (var instance in instances)
        {
            for (var run = 0; run < WarmUps; run++)
                threads.Run(instance.GetOrAdd);
        }
        return instances;
    }

    private static (double Elapsed, double Cpu) Time(TwoThreads threads, Contender cache)
    {
        var start = (Elapsed: Stopwatch.GetTimestamp(), Cpu: Environment.CpuUsage.TotalTime);
        threads.Run(cache.GetOrAdd);
        var cpu = Environment.CpuUsage.TotalTime - start.Cpu;
        return (Stopwatch.GetElapsedTime(start.Elapsed).TotalNanoseconds / TwoThreads.Requests, cpu.TotalNanoseconds / TwoThreads.Requests);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
