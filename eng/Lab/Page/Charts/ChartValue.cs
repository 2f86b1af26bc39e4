namespace Shop.Lab.Page.Charts;

/// <summary>A value of a line at a moment; null where nothing was measured.</summary>
public sealed record ChartValue(DateTime Time, double? Value);
