namespace Shop.Lab.Load;

/// <summary>The rate of arrivals after its last change: it goes evenly from one rate to another, and stays there.</summary>
/// <param name="Start">When the change began, as time since the start of the load.</param>
/// <param name="Expected">The number of arrivals expected before the change.</param>
/// <param name="From">The rate before the change, per second.</param>
/// <param name="To">The rate after the change, per second.</param>
/// <param name="Ramp">How long the change takes.</param>
internal sealed record ArrivalRate(TimeSpan Start, double Expected, double From, double To, TimeSpan Ramp)
{
    /// <summary>No arrivals.</summary>
    public static readonly ArrivalRate None = new(TimeSpan.Zero, Expected: 0, From: 0, To: 0, TimeSpan.Zero);

    private double ExpectedInRamp => (From + To) / 2 * Ramp.TotalSeconds;

    /// <summary>The same up to a time, then a change to another rate.</summary>
    public ArrivalRate Change(double to, TimeSpan at, TimeSpan ramp) => new(at, ExpectedUntil(at), RateAt(at), to, ramp);

    /// <summary>When so many arrivals are expected: the inverse of the area below the rate, a trapezium and then a rectangle.</summary>
    public TimeSpan When(double expected) => Start + TimeSpan.FromSeconds(SecondsFor(expected - Expected));

    private double SecondsFor(double arrivals)
    {
        // Due before the change: a generator that is late has not started it yet.
        if (arrivals <= 0)
            return From > 0 ? arrivals / From : 0;
        if (arrivals >= ExpectedInRamp)
            return Ramp.TotalSeconds + ((arrivals - ExpectedInRamp) / To);
        var slope = (To - From) / Ramp.TotalSeconds;
        // The root of slope/2 t² + From t = arrivals, in the form that loses no digits where the slope is small.
        return 2 * arrivals / (From + Math.Sqrt((From * From) + (2 * slope * arrivals)));
    }

    private double RateAt(TimeSpan time) => time - Start >= Ramp ? To : From + ((To - From) * ((time - Start) / Ramp));

    private double ExpectedUntil(TimeSpan time)
    {
        var inRamp = TimeSpan.FromTicks(Math.Min((time - Start).Ticks, Ramp.Ticks));
        return Expected + ((From + RateAt(Start + inRamp)) / 2 * inRamp.TotalSeconds) + (To * (time - Start - inRamp).TotalSeconds);
    }
}
