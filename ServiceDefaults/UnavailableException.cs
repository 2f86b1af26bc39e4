namespace Shop.ServiceDefaults;

/// <summary>A dependency (database, session store, gateway) does not answer; the caller gets 503 with Retry-After.</summary>
/// <param name="what">What is unavailable, in words for the caller.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class UnavailableException(string what, Exception? innerException = null) : Exception(what, innerException)
{
    /// <summary>How long the caller should wait, in seconds.</summary>
    public int RetryAfterSeconds { get; init; } = 2;
}
