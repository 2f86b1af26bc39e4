namespace Shop.Tests.Faults;

/// <summary>The totals of the gateway.</summary>
internal sealed record ChargeSummary(long Charges, long Declined, long Attempts, long DuplicatesRefused);
