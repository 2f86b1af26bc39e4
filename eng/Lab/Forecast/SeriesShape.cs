namespace Shop.Lab.Forecast;

/// <summary>Series of one shape.</summary>
/// <param name="Kind">The shape.</param>
/// <param name="Make">Makes the series of a seed under a name; every parameter is drawn.</param>
internal sealed record SeriesShape(string Kind, Func<Random, string, ScoredSeries> Make);
