using Shop.ServiceDefaults.Forecast;

namespace Shop.Lab.Forecast;

/// <summary>A series with what is known of it.</summary>
/// <param name="Kind">Series of one shape.</param>
/// <param name="Name">Which one.</param>
/// <param name="Points">What was alive after each collection.</param>
/// <param name="LimitBytes">The maximum size of the heap.</param>
/// <param name="Leak">Of a leak; null of a series without one.</param>
/// <param name="IsIdle">
/// For each point whether no object has been created in the five minutes before it, by which the article's detector judges.
/// </param>
internal sealed record ScoredSeries(
    string Kind, string Name, IReadOnlyList<HeapPoint> Points, double LimitBytes, LeakTruth? Leak, IReadOnlyList<bool> IsIdle);
