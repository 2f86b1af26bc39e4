namespace Shop.ServiceDefaults.Cases;

/// <summary>Starts a drill.</summary>
/// <param name="Cases">The cases that become Leaky, of any service.</param>
internal sealed record DrillRequest(IReadOnlyList<string>? Cases);
