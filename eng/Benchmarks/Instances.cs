using System.Diagnostics;

namespace Shop.Benchmarks;

/// <summary>
/// How much the time differs between instances of one cache: all caches in turn, a new instance in each round, in one process.
/// </summary>
internal static class Instances
{
    private const int Rounds = 15;
    private const int WarmUps = 2;
    private const int Runs = 3;

    public static void Print()
    {
        Console.WriteLine($"{Rounds} instances of each cache; ns per operation, of an instance the fastest of {Runs} runs after {WarmUps}.");
        Console.WriteLine();
        Console.WriteLine("| Zipf | capacity | cache | min | median | max | max / median |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var zipf in (double[])[0.8, 1.0])
        {
            var threads = new TwoThreads(zipf);
            foreach (var capacity in (int[])[10_000, 200_000])
                Print(zipf, capacity, threads);
        }
    }

    private static void Print(double zipf, int capacity, TwoThreads threads)
    {
        var rounds = Enumerable.Range(0, Rounds).Select(_ => Contenders.All.Select(cache => Time(threads, cache.Create, capacity)).ToArray());
        var times = rounds.ToArray();
        foreach (var ((name, _), i) in Contenders.All.Select((cache, i) => (cache, i)))
        {
            var sorted = times.Select(round => round[i]).Order().ToArray();
            var (min, median, max) = (sorted[0], sorted[Rounds / 2], sorted[^1]);
            Console.WriteLine($"| {zipf:0.0} | {capacity:N0} | {name} | {min:0} | {median:0} | {max:0} | {max / median:0.00} |");
        }
    }

    private static double Time(TwoThreads threads, Func<int, Func<string>, Contender> create, int capacity)
    {
        using var cache = create(capacity, static () => "v");
        for (var run = 0; run < WarmUps; run++)
            threads.Run(cache.GetOrAdd);
        return Enumerable.Range(0, Runs).Min(_ => Time(() => threads.Run(cache.GetOrAdd)));
    }

    private static double Time(Action run)
    {
        var start = Stopwatch.GetTimestamp();
        run();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / TwoThreads.Requests;
    }
}
