namespace Shop.Lab.Overhead;

/// <summary>The same service with and without the memory monitoring, at the same requests in the same interval.</summary>
internal readonly record struct OverheadRound(OverheadReading With, OverheadReading Without);
