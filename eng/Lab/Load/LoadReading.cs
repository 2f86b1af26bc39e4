using Shop.ServiceDefaults.Telemetry;

namespace Shop.Lab.Load;

/// <summary>The counts at one moment.</summary>
internal record LoadReading
{
    public required TimeSpan Elapsed { get; init; }
    public required long Arrivals { get; init; }
    public required long Dropped { get; init; }
    public required long InFlight { get; init; }
    public required long Answered { get; init; }
    public required long Settled { get; init; }
    public required long Declined { get; init; }
    public required long Unsettled { get; init; }
    public required long Abandoned { get; init; }
    public required long LearnedByPolling { get; init; }

    /// <summary>From POST /orders to the status on the customer's socket, the generator's own lateness added.</summary>
    public required LatencyCounts PlaceToSettled { get; init; }

    public required IReadOnlyList<ErrorCount> Errors { get; init; }

    public long Failed => Errors.Sum(error => error.Count);
}
