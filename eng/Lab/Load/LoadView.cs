namespace Shop.Lab.Load;

/// <summary>The session's load at one moment.</summary>
/// <param name="State">What the shoppers do.</param>
/// <param name="Rate">The orders per second that were asked for; null while no shoppers come.</param>
/// <param name="Figures">What was measured, of the last load while none is on; null before the first.</param>
internal sealed record LoadView(LoadState State, int? Rate, LoadFigures? Figures);
