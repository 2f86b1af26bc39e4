namespace Shop.Lab.Load;

/// <summary>
/// When shoppers arrive, decided by rate and seed alone: an open model, in which a slow shop does not get fewer
/// customers. Poisson arrivals are independent of each other, as those of real customers.
/// </summary>
internal sealed class ArrivalSchedule(double ratePerSecond, bool isConstant, int seed)
{
    private readonly Random _random = new(seed);
    private long _arrivals;
    private double _seconds;

    /// <summary>The next arrival, as time since the start.</summary>
    public Arrival Next()
    {
        _arrivals++;
        // The constant schedule is multiplied, not summed up: over hours a sum would drift.
        _seconds = isConstant ? _arrivals / ratePerSecond : _seconds - (Math.Log(1 - _random.NextDouble()) / ratePerSecond);
        return new(_arrivals, TimeSpan.FromSeconds(_seconds));
    }
}

/// <summary>One shopper's arrival.</summary>
/// <param name="Number">Counts from 1; with the seed it decides what the shopper does.</param>
/// <param name="Due">When the shopper comes, as time since the start, however late the generator is.</param>
internal readonly record struct Arrival(long Number, TimeSpan Due);
