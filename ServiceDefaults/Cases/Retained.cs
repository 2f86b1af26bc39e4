namespace Shop.ServiceDefaults.Cases;

/// <summary>Live bytes grow with each operation, retained by a named root.</summary>
/// <param name="BytesPerOperation">The bytes that one operation retains under Leaky.</param>
/// <param name="TrackedTypes">The types that it retains.</param>
public sealed record Retained(long BytesPerOperation, params Type[] TrackedTypes) : CaseEvidence
{
    private const long FuseBytes = 256L * 1024 * 1024;
    // Less would be within the noise of a few windows, and the operations had to be repeated in larger ones. A variant that retains a
    // tracked instance in fewer operations is found by counting them.
    private const double ThresholdShare = 0.25;
    // The noise of a service that retains nothing.
    private const double MinThreshold = 8;

    /// <inheritdoc />
    public override string Unit => "bytes retained per operation";

    /// <inheritdoc />
    public override double? Expected => BytesPerOperation;

    /// <inheritdoc />
    public override double Threshold => Math.Max(MinThreshold, ThresholdShare * BytesPerOperation);

    /// <inheritdoc />
    public override long? FuseItems => FuseBytes / (BytesPerOperation + BytesInServer);

    /// <summary>The bytes that one operation also retains in a server, such as the database; the fuse counts them too.</summary>
    public long BytesInServer { get; init; }
}
