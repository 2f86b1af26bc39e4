using System.Diagnostics.CodeAnalysis;

namespace Shop.ServiceDefaults.Caching;

/// <summary>A load in flight and those who wait for it. <see cref="CacheShard{TKey,TValue}"/> counts them under its lock.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has neither timer nor link nor wait handle: nothing to dispose, and a late Cancel must not meet a disposed one.")]
internal sealed class CacheLoad<TKey, TValue>(TKey key)
{
    private readonly TaskCompletionSource<TValue> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _abandoned = new();

    public TKey Key => key;

    public int Waiting { get; set; }

    public Task<TValue> Task => _result.Task;

    /// <summary>Cancelled when nobody waits any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    public void Succeed(TValue value) => _result.SetResult(value);

    public void Fail(Exception exception)
    {
        _result.SetException(exception);
        // Seen, so that a load which failed after all had left is not reported as unobserved.
        _ = _result.Task.Exception;
    }

    public void Abandon()
    {
        if (!_result.Task.IsCompleted)
            _ = _abandoned.CancelAsync();
    }
}
