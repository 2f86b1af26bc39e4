namespace Shop.Documents.Imaging;

/// <summary>The five filters by which a row is stored as a difference to its neighbours.</summary>
internal static class PngFilter
{
    public const byte None = 0;
    public const byte Sub = 1;
    public const byte Up = 2;
    public const byte Average = 3;
    public const byte Paeth = 4;

    /// <summary>Restores a row in place.</summary>
    /// <param name="filter">The row's filter byte.</param>
    /// <param name="row">The stored row.</param>
    /// <param name="above">The restored row above it; zeros above the first.</param>
    /// <param name="step">The bytes to the pixel on the left.</param>
    public static void Restore(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        switch (filter)
        {
            case None:
                break;
            case Sub:
                for (var i = step; i < row.Length; i++)
                    row[i] += row[i - step];
                break;
            case Up:
                for (var i = 0; i < row.Length; i++)
                    row[i] += above[i];
                break;
            case Average:
                for (var i = 0; i < row.Length; i++)
                    row[i] += (byte)(((i < step ? 0 : row[i - step]) + above[i]) / 2);
                break;
            case Paeth:
                for (var i = 0; i < row.Length; i++)
                    row[i] += i < step ? above[i] : Predict(row[i - step], above[i], above[i - step]);
                break;
            default:
                throw new PngException($"The filter {filter} does not exist.");
        }
    }

    /// <summary>Of left, above and above left, the one nearest to left + above − above left.</summary>
    public static byte Predict(byte left, byte above, byte aboveLeft)
    {
        var toLeft = Math.Abs(above - aboveLeft);
        var toAbove = Math.Abs(left - aboveLeft);
        var toAboveLeft = Math.Abs(left + above - (2 * aboveLeft));
        if (toLeft <= toAbove && toLeft <= toAboveLeft)
            return left;
        return toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
