using System.Text.Json.Serialization;
using System.Text.Json;
using Shop.ServiceDefaults.Telemetry;

namespace Shop.Lab.Load;

/// <summary>The summary as JSON; durations in milliseconds.</summary>
internal sealed record LoadReport(
    double Rate, string Arrivals, int Seed, int Shoppers, double ElapsedSeconds, long Arrived, long Dropped, long CutShort,
    long Settled, long Declined, long Unsettled, long LearnedByPolling, LatencyReport PlaceToSettled, LatencyReport ArrivalToSettled,
    IReadOnlyDictionary<string, LatencyReport> Routes, IReadOnlyDictionary<string, long> Errors)
{
    /// <summary>Opens the file before the load begins: an hour's result is not lost to a mistyped folder.</summary>
    public static FileStream? Open(FileInfo? file)
    {
        try
        {
            return file?.Create();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"--json: {exception.Message}", CommandLine.BadArguments);
        }
    }

    public static async Task WriteAsync(Stream? json, LoadOptions options, LoadSnapshot end)
    {
        if (json is not null)
            await JsonSerializer.SerializeAsync(json, Create(options, end), LoadReportJson.Default.LoadReport);
    }

    private static LoadReport Create(LoadOptions options, LoadSnapshot end) => new(
        options.Rate, options.Arrivals, options.Seed, options.Shoppers, end.Elapsed.TotalSeconds, end.Arrivals, end.Dropped, end.Abandoned,
        end.Settled, end.Declined, end.Unsettled, end.LearnedByPolling, LatencyReport.Of(end.PlaceToSettled), LatencyReport.Of(end.ArrivalToSettled),
        ShopRoute.All.Where(route => end.Routes[route.Index].Count > 0).ToDictionary(route => route.Name, route => LatencyReport.Of(end.Routes[route.Index])),
        end.Errors.ToDictionary(error => error.Name, error => error.Count));
}

/// <summary>A latency's percentiles in milliseconds.</summary>
internal sealed record LatencyReport(long Count, double? P50, double? P95, double? P99, double? Max)
{
    public static LatencyReport Of(LatencyCounts latency)
        => new(latency.Count, Milliseconds(latency, 0.5), Milliseconds(latency, 0.95), Milliseconds(latency, 0.99), Milliseconds(latency, 1));

    private static double? Milliseconds(LatencyCounts latency, double share) => latency.Percentile(share)?.TotalMilliseconds;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(LoadReport))]
internal sealed partial class LoadReportJson : JsonSerializerContext;
