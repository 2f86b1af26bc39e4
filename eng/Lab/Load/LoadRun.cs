namespace Shop.Lab.Load;

/// <summary>
/// Starts a visit for each arrival of the schedule and never waits for one. Arrivals above the limit are counted and
/// dropped: a queue of shoppers would grow without bound and hide how slow the shop is.
/// </summary>
internal sealed class LoadRun(LoadContext shop, ArrivalSchedule schedule, TimeSpan? duration) : IDisposable
{
    /// <summary>How many shoppers are in the shop at most.</summary>
    public const int MaxInFlight = 500;

    // After the duration an order may still take as long as its customer waits; after Ctrl+C the wait is short.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    // Timers know whole milliseconds.
    private static readonly TimeSpan TimerResolution = TimeSpan.FromMilliseconds(1);
    private readonly SemaphoreSlim _places = new(MaxInFlight);
    private readonly long _started = shop.Time.GetTimestamp();
    private TaskCompletionSource _rateChanged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TimeSpan Elapsed => shop.Time.GetElapsedTime(_started);

    /// <summary>Runs until the duration is over or <paramref name="stop"/> is cancelled, and until the shoppers have left.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var abandon = new CancellationTokenSource(Timeout.InfiniteTimeSpan, shop.Time);
        await ArriveAsync(abandon.Token, stop);
        abandon.CancelAfter(stop.IsCancellationRequested ? StopTimeout : DrainTimeout);
        using (stop.UnsafeRegister(static state => ((CancellationTokenSource)state!).CancelAfter(StopTimeout), abandon))
        {
            // All places are free again when the last shopper has left; abandoned ones leave at once.
            for (var place = 0; place < MaxInFlight; place++)
                await _places.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Changes the rate from now on, over the schedule's ramp.</summary>
    public void ChangeRate(double ratePerSecond)
    {
        schedule.ChangeRate(ratePerSecond, at: Elapsed);
        // After the schedule: the generator, which waits for an arrival of the old rate, reads the new one.
        Interlocked.Exchange(ref _rateChanged, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public void Dispose() => _places.Dispose();

    private async Task ArriveAsync(CancellationToken abandon, CancellationToken stop)
    {
        while (await NextAsync(stop) is { } arrival)
        {
            var isDropped = !_places.Wait(0, CancellationToken.None);
            shop.Statistics.Arrived(isDropped);
            if (!isDropped)
                _ = VisitAsync(arrival, abandon);
        }
    }

    /// <summary>The next arrival as soon as it is due; null at the end of the load.</summary>
    private async Task<Arrival?> NextAsync(CancellationToken stop)
    {
        schedule.Next();
        while (!stop.IsCancellationRequested)
        {
            // Before the schedule: a change after it has been read then ends the wait.
            var rateChanged = Volatile.Read(ref _rateChanged).Task;
            var arrival = schedule.Current;
            var isOver = arrival.Due >= duration;
            var delay = (isOver ? duration!.Value : arrival.Due) - Elapsed;
            if (delay < TimerResolution)
                return isOver ? null : arrival;
            await rateChanged.WaitAsync(delay, shop.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return null;
    }

    private async Task VisitAsync(Arrival arrival, CancellationToken abandon)
    {
        var isAbandoned = false;
        using var trace = VisitTrace.Start(arrival);
        try
        {
            await new ShopperJourney(shop, arrival, lateness: Elapsed - arrival.Due).RunAsync(abandon);
        }
        catch (Exception) when (abandon.IsCancellationRequested)
        {
            isAbandoned = true;
        }
        catch (Exception exception)
        {
            // A mistake of the load itself must not end the run unseen.
            shop.Statistics.Failed("load", exception.GetType().Name);
        }
        finally
        {
            shop.Statistics.Left(isAbandoned);
            _places.Release();
        }
    }
}
