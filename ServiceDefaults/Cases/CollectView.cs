namespace Shop.ServiceDefaults.Cases;

/// <summary>The heap before and after a full collection, in bytes.</summary>
internal sealed record CollectView(string Instance, long HeapBytesBefore, long HeapBytesAfter);
