namespace Shop.ServiceDefaults.Cases;

/// <summary>Selects a variant.</summary>
internal sealed record SwitchRequest(string? Variant);
