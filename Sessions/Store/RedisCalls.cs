using Shop.ServiceDefaults;
using StackExchange.Redis;

namespace Shop.Sessions.Store;

/// <summary>
/// Bounds the calls to Redis in time and number: a request learns of an outage within two seconds, and a server that
/// hangs cannot pile up commands in the client without limit.
/// </summary>
internal sealed class RedisCalls(IConnectionMultiplexer redis)
{
    private const int MaxPending = 10_000;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);
    private int _pending;

    /// <summary>Runs a call.</summary>
    /// <exception cref="UnavailableException">Redis is away, too slow, or refuses. A write may still have been done.</exception>
    public async Task<T> RunAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await Start(call).WaitAsync(Timeout, cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw new UnavailableException("The sessions' store does not answer.", exception);
        }
    }

    private Task<T> Start<T>(Func<IDatabase, Task<T>> call)
    {
        if (Interlocked.Increment(ref _pending) > MaxPending)
        {
            Interlocked.Decrement(ref _pending);
            throw new UnavailableException("The sessions' store has too many calls to answer.");
        }
        return CompleteAsync(call);
    }

    // Counts until Redis or the client has settled the command, also when the caller has stopped waiting.
    private async Task<T> CompleteAsync<T>(Func<IDatabase, Task<T>> call)
    {
        try
        {
            return await call(redis.GetDatabase());
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }
}
