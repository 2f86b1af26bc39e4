using System.Threading.RateLimiting;

namespace Shop.ServiceDefaults.Admission;

/// <summary>
/// The framework's limiter, whose queue is bounded by its length only, with a bound of the wait too: the queue that a short burst of fast
/// requests needs would, of slow ones, take minutes.
/// </summary>
internal sealed class AdmissionLimiter(AdmissionGroup group, TimeProvider time) : RateLimiter
{
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = group.Concurrent,
        QueueLimit = group.Queued,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Never idle: an idle limiter would be disposed and created again.</summary>
    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => _limiter.GetStatistics();

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => _limiter.AttemptAcquire(permitCount);

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        using var wait = new CancellationTokenSource(group.MaxWait, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        try
        {
            return await _limiter.AcquireAsync(permitCount, end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Refused, unless one has become free this moment.
            return _limiter.AttemptAcquire(permitCount);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _limiter.Dispose();
        base.Dispose(disposing);
    }
}
