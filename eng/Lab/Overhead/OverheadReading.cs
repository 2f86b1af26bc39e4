namespace Shop.Lab.Overhead;

/// <summary>What one process of a service takes.</summary>
/// <param name="CpuShare">The share of a core that it used over the interval.</param>
/// <param name="LiveBytes">What is alive after full collections, in bytes.</param>
internal readonly record struct OverheadReading(double CpuShare, long LiveBytes);
