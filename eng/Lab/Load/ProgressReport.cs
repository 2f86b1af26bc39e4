using Shop.ServiceDefaults;
using Spectre.Console;

namespace Shop.Lab.Load;

/// <summary>Shows the load while it runs: a live table in a terminal, elsewhere one plain line every five seconds.</summary>
internal static class ProgressReport
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(1);

    public static async Task ShowAsync(LoadOptions options, LoadStatistics statistics, Task running, TimeProvider time)
    {
        var until = options.Duration is { } duration ? $"for {Durations.Show(duration)}" : "until stopped";
        Console.WriteLine(FormattableString.Invariant($"{options.Rate} orders/s ({options.Arrivals}) by {options.Shoppers} customers, seed {options.Seed}, {until}."));
        if (Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
            await ShowLinesAsync(statistics, running, time);
        else
            await AnsiConsole.Live(new Text("")).StartAsync(screen => ShowTableAsync(screen, statistics, running, time));
    }

    private static async Task ShowLinesAsync(LoadStatistics statistics, Task running, TimeProvider time)
    {
        var earlier = statistics.Read();
        while (!await EndsWithinAsync(running, LineEvery, time))
        {
            var now = statistics.Read();
            Console.WriteLine(new LoadInterval(earlier, now));
            earlier = now;
        }
    }

    // The table covers the last five seconds too, so that its numbers can be read before they change.
    private static async Task ShowTableAsync(LiveDisplayContext screen, LoadStatistics statistics, Task running, TimeProvider time)
    {
        var readings = new Queue<LoadReading>([statistics.Read()]);
        while (!await EndsWithinAsync(running, RefreshEvery, time))
        {
            var now = statistics.Read();
            screen.UpdateTarget(LoadTable.Create(now, new LoadInterval(readings.Peek(), now)));
            readings.Enqueue(now);
            if (readings.Count > LineEvery / RefreshEvery)
                readings.Dequeue();
        }
    }

    private static async Task<bool> EndsWithinAsync(Task running, TimeSpan interval, TimeProvider time)
        => await Task.WhenAny(running, Task.Delay(interval, time)) == running;
}
