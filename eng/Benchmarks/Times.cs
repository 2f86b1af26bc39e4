using System.Diagnostics;

namespace Shop.Benchmarks;

/// <summary>
/// Times on a busy machine: several instances of each cache in one process, which take turns, so that a disturbance meets all of them. A
/// turn's ratio compares the cache with BoundedCache in the same turn. An instance that is slow for its whole life shows in the spread of
/// the instances' medians.
/// </summary>
internal static class Times
{
    private const int Instances = 6;
    private const int Turns = 9;
    private const int WarmUps = 3;

    public static void Print()
    {
        Console.WriteLine($"{Instances} instances of each cache, {Turns} turns; ns per operation, medians of all.");
        Console.WriteLine();
        Console.WriteLine("| Zipf | capacity | cache | ns | BoundedCache / cache | instances, fastest to slowest |");
        Console.WriteLine("|---|---|---|---|---|---|");
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
        var times = caches.Select(_ => new double[Instances, Turns]).ToArray();
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var instance = 0; instance < Instances; instance++)
            {
                for (var cache = 0; cache < caches.Length; cache++)
                    times[cache][instance, turn] = Time(threads, caches[cache][instance]);
            }
        }
        for (var cache = 0; cache < caches.Length; cache++)
        {
            var ratio = Median(times[0].Cast<double>().Zip(times[cache].Cast<double>(), (bounded, other) => bounded / other));
            var medians = Enumerable.Range(0, Instances).Select(i => Median(Enumerable.Range(0, Turns).Select(turn => times[cache][i, turn])));
            Console.WriteLine($"| {zipf:0.0} | {capacity:N0} | {Contenders.All[cache].Name} | {Median(times[cache].Cast<double>()):0} "
                + $"| {ratio:0.00} | {string.Join(' ', medians.Order().Select(median => $"{median:0}"))} |");
        }
        foreach (var instance in caches.SelectMany(instances => instances))
            instance.Dispose();
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

    private static double Time(TwoThreads threads, Contender cache)
    {
        var start = Stopwatch.GetTimestamp();
        threads.Run(cache.GetOrAdd);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / TwoThreads.Requests;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
