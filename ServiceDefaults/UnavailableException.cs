namespace Shop.ServiceDefaults;

/// <summary>A dependency (database, session store, gateway) does not respond; the client receives 503 with Retry-After.</summary>
/// <param name="message">The reason, shown to the client.</param>
/// <param name="innerException">The cause, for the log only.</param>
public sealed class UnavailableException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The value of Retry-After where nothing better is known, in seconds.</summary>
    public const int DefaultRetryAfterSeconds = 2;

    /// <summary>The value of Retry-After, in seconds.</summary>
    public int RetryAfterSeconds { get; init; } = DefaultRetryAfterSeconds;
}
