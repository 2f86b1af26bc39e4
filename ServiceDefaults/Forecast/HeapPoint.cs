namespace Shop.ServiceDefaults.Forecast;

/// <summary>What was alive after a collection of generation 2.</summary>
/// <param name="Seconds">The time, from any start.</param>
/// <param name="Bytes">Live bytes: without garbage and fragmentation.</param>
public readonly record struct HeapPoint(double Seconds, double Bytes);
