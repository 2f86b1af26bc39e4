using Shop.Lab.Page.Charts;

namespace Shop.Lab.Page.Live;

/// <summary>The charts of an instance.</summary>
internal static class LiveCharts
{
    private const double Megabyte = 1024 * 1024;
    private static readonly string[] Generations = ["Gen0", "Gen1", "Gen2", "large objects", "pinned objects"];

    /// <summary>What is alive.</summary>
    public static LiveChart Live { get; } = new("Live heap, MB", 1,
        "GC.GetGCMemoryInfo(FullBlocking): heap without its gaps after the last full blocking collection. The AppHost has a service "
        + "collect in full every ten seconds while one of its Retained cases is not Fixed.",
        points => [Line("", points, point => point.Sample.LiveBytes / Megabyte)]);

    /// <summary>All of them, what is alive first.</summary>
    public static IReadOnlyList<LiveChart> All { get; } =
    [
        Live,
        new("Heap by generation, MB", 1, "GC.GetGCMemoryInfo(Any).GenerationInfo: after the last collection of any generation.",
            points => [.. Generations.Select((name, generation)
                => Line(name, points, point => point.Sample.GenerationBytes[generation] / Megabyte))]),
        new("Allocated, MB per second", 1, "GC.GetTotalAllocatedBytes, compared with the second before.",
            points => [Line("", points, point => point.AllocatedPerSecond / Megabyte)]),
        new("Working set, MB", 0, "Environment.WorkingSet: the resident set of the process.",
            points => [Line("", points, point => point.Sample.WorkingSetBytes / Megabyte)]),
        new("Collections per second", 0, "GC.CollectionCount, compared with the second before; each collection in its oldest generation.",
            points => [.. Generations.Take(3).Select((name, generation) => Line(name, points, point => point.Collections?[generation]))]),
        new("Time in pauses, %", 1, "GC.GetTotalPauseDuration, compared with the second before.",
            points => [Line("", points, point => point.PauseShare)]),
        new("CPU, cores", 2, "Environment.CpuUsage: user and system time of the process, compared with the second before.",
            points => [Line("", points, point => point.CpuCores)]),
        new("Requests per second", 0,
            "The count of http.server.request.duration, compared with the second before: customers' and other services' requests, without "
            + "probes, the lab's routes and WebSockets.",
            points =>
            [
                Line("all", points, point => point.RequestsPerSecond),
                Line("5xx", points, point => point.FailuresPerSecond),
            ]),
        new("Duration of requests, ms", 0, "Percentiles of http.server.request.duration of the last ten seconds.",
            points =>
            [
                Line("p50", points, point => 1_000 * point.Sample.P50),
                Line("p95", points, point => 1_000 * point.Sample.P95),
            ]),
    ];

    /// <summary>What a case holds.</summary>
    public static LiveChart Held(string study) => new($"{study} holds, items", 0,
        $"shop.case.held: what all variants of {study} hold in this instance.",
        points => [Line("", points, point => point.Sample.Cases.FirstOrDefault(state => state.Case == study)?.HeldItems)]);

    private static ChartLine Line(string name, IReadOnlyList<LivePoint> points, Func<LivePoint, double?> value)
        => new(name, [.. points.Select(point => new ChartValue(point.Sample.Time.LocalDateTime, value(point)))]);
}
