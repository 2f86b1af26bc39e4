namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Sockets, watches or descriptors are still open, or in TIME_WAIT, after the load has ended and a collection has run.
/// </summary>
/// <param name="Resource">The resource that is counted.</param>
/// <param name="PerOperation">The handles that one operation leaves under Leaky.</param>
/// <param name="MaxHandles">The number of handles at which the fuse trips.</param>
public sealed record Handles(HandleResource Resource, double PerOperation, long MaxHandles) : CaseEvidence
{
    private const double ThresholdShare = 0.05;

    /// <inheritdoc />
    public override string Unit => $"{Left(Resource)} per operation";

    /// <inheritdoc />
    public override double? Expected => PerOperation;

    /// <inheritdoc />
    public override double Threshold => ThresholdShare * PerOperation;

    /// <inheritdoc />
    public override long? FuseItems => MaxHandles;

    private static string Left(HandleResource resource) => resource switch
    {
        HandleResource.Sockets => "sockets left open",
        HandleResource.TimeWaitSockets => "sockets left in TIME_WAIT",
        HandleResource.InotifyInstances => "inotify instances left open",
        _ => "descriptors left open",
    };
}
