namespace Shop.ServiceDefaults.Cases;

/// <summary>The number of held items before and after a reset, in the responding instance; the other replicas are reset later.</summary>
internal sealed record ResetView(string Case, long HeldItemsBefore, long HeldItemsAfter);
