using System.Diagnostics.CodeAnalysis;

namespace Shop.ServiceDefaults.Caching;

/// <summary>A load in flight and the number of its waiters, which <see cref="CacheShard{TKey,TValue}"/> guards by its lock.</summary>
[SuppressMessage("Design", "CA1001", Justification =
    "The source has no timer, linked token or wait handle to dispose, and a late Cancel would throw on a disposed source.")]
internal sealed class CacheLoad<TKey, TValue>(TKey key)
{
    private readonly TaskCompletionSource<TValue> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();

    public TKey Key => key;

    public int Waiters { get; set; }

    public Task<TValue> Task => _result.Task;

    /// <summary>Cancelled when the last waiter has left.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    public void Succeed(TValue value) => _result.SetResult(value);

    public void Fail(Exception exception)
    {
        _result.SetException(exception);
        // Observes the exception, so a load that fails after its last waiter left does not raise UnobservedTaskException.
        _ = _result.Task.Exception;
    }

    public void Abandon()
    {
        if (!_result.Task.IsCompleted)
            _ = _abandoned.CancelAsync();
    }
}
