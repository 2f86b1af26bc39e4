namespace Shop.Tests;

/// <summary>Polls for a condition instead of waiting by the clock.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The generous bound of a wait; the machines are slow and shared.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    /// <summary>Reads until the value satisfies the condition; fails with the last value that was read.</summary>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read, Func<T, bool> isDone, string what, TimeSpan? timeout = null)
    {
        var end = DateTime.UtcNow + (timeout ?? Timeout);
        while (true)
        {
            var value = await read();
            if (isDone(value))
                return value;
            if (DateTime.UtcNow > end)
                Assert.Fail($"Waited in vain for {what}; the last value was: {value}");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Lets the rest of an outage pass, if there is one left: only its length is told by the clock.</summary>
    public static async Task PassAsync(long start, TimeSpan length)
    {
        if (length - System.Diagnostics.Stopwatch.GetElapsedTime(start) is var left && left > TimeSpan.Zero)
            await Task.Delay(left, TestContext.Current.CancellationToken);
    }
}
