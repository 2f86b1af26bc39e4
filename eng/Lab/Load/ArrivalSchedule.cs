namespace Shop.Lab.Load;

/// <summary>
/// When shoppers arrive, decided by rate and seed alone: an open model, in which a slow shop does not get fewer
/// customers. Poisson arrivals are independent of each other, as those of real customers. The rate rises evenly from
/// zero over the ramp: a service that has just started compiles what it runs for the first time.
/// </summary>
internal sealed class ArrivalSchedule(double ratePerSecond, TimeSpan ramp, bool isConstant, int seed)
{
    private readonly Random _random = new(seed);
    private long _arrivals;
    private double _expected;

    /// <summary>The next arrival, as time since the start.</summary>
    public Arrival Next()
    {
        _arrivals++;
        _expected = isConstant ? _arrivals : _expected - Math.Log(1 - _random.NextDouble());
        return new(_arrivals, TimeSpan.FromSeconds(SecondsUntil(_expected)));
    }

    // The time at which so many arrivals are expected: the inverse of the area below the rate, a triangle and then a rectangle.
    private double SecondsUntil(double arrivals)
    {
        var inRamp = ratePerSecond * ramp.TotalSeconds / 2;
        return arrivals < inRamp ? Math.Sqrt(2 * ramp.TotalSeconds * arrivals / ratePerSecond) : (arrivals / ratePerSecond) + (ramp.TotalSeconds / 2);
    }
}

/// <summary>One shopper's arrival.</summary>
/// <param name="Number">Counts from 1; with the seed it decides what the shopper does.</param>
/// <param name="Due">When the shopper comes, as time since the start, however late the generator is.</param>
internal readonly record struct Arrival(long Number, TimeSpan Due);
