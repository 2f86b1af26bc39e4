namespace Shop.ServiceDefaults.Forecast;

/// <summary>What a series of live bytes says.</summary>
public enum HeapVerdict
{
    /// <summary>Fewer collections than <see cref="LeakDetector.MinCollections"/>.</summary>
    NotEnoughData,
    /// <summary>No growth beyond the noise.</summary>
    Steady,
    /// <summary>It grows, and may level off: a warm-up, a cache that fills, a burst, the day's rhythm. It cannot be told yet.</summary>
    Filling,
    /// <summary>It grows without levelling off.</summary>
    Leak,
}
