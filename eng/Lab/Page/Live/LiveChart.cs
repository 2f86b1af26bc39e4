using Shop.Lab.Page.Charts;

namespace Shop.Lab.Page.Live;

/// <summary>A chart of an instance.</summary>
/// <param name="Title">What it shows, with its unit.</param>
/// <param name="Decimals">Those of its values.</param>
/// <param name="Source">Where the values come from.</param>
/// <param name="Lines">Its lines, from the instance's points.</param>
public sealed record LiveChart(string Title, int Decimals, string Source, Func<IReadOnlyList<LivePoint>, IReadOnlyList<ChartLine>> Lines);
