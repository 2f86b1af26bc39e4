namespace Shop.Lab.Load;

/// <summary>
/// When shoppers arrive, decided by rate and seed alone: an open model, in which a slow shop does not get fewer
/// customers. Poisson arrivals are independent of each other, as those of real customers. The rate rises evenly from
/// zero over the ramp: a service that has just started compiles what it runs for the first time.
/// </summary>
/// <remarks>
/// The seed decides the number of arrivals that is expected before each one, the rate only when that number is reached. A change of the
/// rate therefore moves the arrivals that are still to come, and makes neither a gap nor a burst.
/// </remarks>
internal sealed class ArrivalSchedule(double ratePerSecond, TimeSpan ramp, bool isConstant, int seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private ArrivalRate _rate = ArrivalRate.None.Change(ratePerSecond, at: TimeSpan.Zero, ramp);
    private long _arrivals;
    private double _expected;

    /// <summary>The arrival that <see cref="Next"/> returned last; a change of the rate moves it unless it was due before.</summary>
    public Arrival Current
    {
        get
        {
            lock (_lock)
                return new(_arrivals, _rate.When(_expected));
        }
    }

    /// <summary>The next arrival, as time since the start.</summary>
    public Arrival Next()
    {
        lock (_lock)
        {
            _arrivals++;
            _expected = isConstant ? _arrivals : _expected - Math.Log(1 - _random.NextDouble());
            return new(_arrivals, _rate.When(_expected));
        }
    }

    /// <summary>Changes the rate: evenly, over the ramp that begins at the given time since the start.</summary>
    public void ChangeRate(double ratePerSecond, TimeSpan at)
    {
        lock (_lock)
            _rate = _rate.Change(ratePerSecond, at, ramp);
    }
}

/// <summary>One shopper's arrival.</summary>
/// <param name="Number">Counts from 1; with the seed it decides what the shopper does.</param>
/// <param name="Due">When the shopper comes, as time since the start, however late the generator is.</param>
internal readonly record struct Arrival(long Number, TimeSpan Due);
