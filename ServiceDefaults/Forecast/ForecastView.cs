namespace Shop.ServiceDefaults.Forecast;

/// <summary>An instance's forecast; bytes, and seconds from the last collection.</summary>
/// <param name="Instance">The name that the orchestrator gave the instance.</param>
/// <param name="Forecast">What the detector said after the last collection.</param>
/// <param name="Last">The last collection of generation 2 that was judged; its seconds count from the start of the service.</param>
/// <param name="LimitBytes">The maximum size of the heap.</param>
public sealed record ForecastView(string Instance, HeapForecast Forecast, HeapPoint? Last, long LimitBytes);
