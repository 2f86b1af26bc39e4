namespace Shop.Tests;

/// <summary>Polls for a condition instead of waiting a fixed time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The default timeout, generous because machines may be slow and shared.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    /// <summary>Reads until the value satisfies the condition; fails with the last value that was read.</summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read, Func<T, bool> isDone, string description, TimeSpan? timeout = null)
    {
        var (value, succeeded) = await TryReadAsync(read, isDone, timeout ?? Timeout);
        if (!succeeded)
            Assert.Fail($"Timed out waiting for {description}; the last value was: {value}");
        return value;
    }

    /// <summary>Reads until the value satisfies the condition or the time is over.</summary>
    public static async Task<(T Value, bool Succeeded)> TryReadAsync<T>(Func<Task<T>> read, Func<T, bool> isDone, TimeSpan timeout)
    {
        var end = DateTime.UtcNow + timeout;
        while (true)
        {
            var value = await read();
            var succeeded = isDone(value);
            if (succeeded || DateTime.UtcNow > end)
                return (value, succeeded);
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until an outage has lasted the given time; returns at once if it has.</summary>
    public static async Task WaitUntilElapsedAsync(long start, TimeSpan length)
    {
        if (length - System.Diagnostics.Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
            await Task.Delay(left, TestContext.Current.CancellationToken);
    }
}
