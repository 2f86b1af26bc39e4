namespace Shop.Lab.Load;

/// <summary>How often one kind of error was seen.</summary>
/// <param name="Route">The route that was called.</param>
/// <param name="Kind">The status, or what else went wrong.</param>
/// <param name="Count">How often since the start.</param>
/// <param name="LastMinute">How often in the last minute; null after the end.</param>
internal sealed record ErrorFigure(string Route, string Kind, long Count, long? LastMinute);
