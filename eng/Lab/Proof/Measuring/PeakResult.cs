namespace Shop.Lab.Proof.Measuring;

/// <summary>The highest live heap during one operation.</summary>
/// <param name="BytesPerRow">The bytes by which each further row raises it.</param>
/// <param name="Peaks">Rows and the mean of the peaks above the baseline, for each of the two sizes.</param>
internal sealed record PeakResult(Interval BytesPerRow, IReadOnlyList<(double X, double Y)> Peaks);
