
namespace Shop.Lab.Proof.Feeds;

/// <summary>
/// Feeds a case whose operations may be lost when the process is killed. An operation that the kill cuts off is no failure of the feed.
/// </summary>
internal interface ILossFeed : ICaseFeed
{
    /// <summary>The operations that the service has accepted so far.</summary>
    int Accepted { get; }

    /// <summary>
    /// Waits until the service has no work left, and counts the operations since the last call that went wrong. An operation that was cut
    /// off before it was answered may have been executed or not, but not twice.
    /// </summary>
    Task<LossCount> CountAsync(CancellationToken cancellationToken);
}
