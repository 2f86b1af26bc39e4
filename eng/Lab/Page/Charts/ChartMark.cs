namespace Shop.Lab.Page.Charts;

/// <summary>An event on the time axis.</summary>
public sealed record ChartMark(DateTime Time, string Text);
