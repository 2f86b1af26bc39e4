namespace Shop.Lab.Proof.Measuring;

/// <summary>What one operation leaves behind, e.g. live bytes or open handles.</summary>
/// <param name="Operation">The growth per operation, the control's already subtracted.</param>
/// <param name="Control">The growth per operation of the traffic without the case.</param>
/// <param name="Before">The instances of each tracked type before the operations.</param>
/// <param name="After">The instances after them.</param>
/// <param name="Series">Operations done and the value read, from the first window to the last.</param>
internal sealed record GrowthResult(
    Interval Operation, Interval Control, IReadOnlyDictionary<string, long> Before, IReadOnlyDictionary<string, long> After,
    IReadOnlyList<(double X, double Y)> Series)
{
    /// <summary>How many operations were measured.</summary>
    public double Operations => Series[^1].X;

    /// <summary>The instances of a tracked type that one operation adds.</summary>
    public double InstancesPerOperation(string type) => (After[type] - Before[type]) / Operations;
}
