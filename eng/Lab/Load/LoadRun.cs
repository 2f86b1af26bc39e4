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
    private readonly SemaphoreSlim _places = new(MaxInFlight);
    private readonly long _started = shop.Time.GetTimestamp();

    /// <summary>Runs until the duration is over or <paramref name="stop"/> is cancelled, and until the shoppers have left.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var abandon = new CancellationTokenSource();
        await ArriveAsync(abandon.Token, stop);
        abandon.CancelAfter(stop.IsCancellationRequested ? StopTimeout : DrainTimeout);
        using (stop.UnsafeRegister(static state => ((CancellationTokenSource)state!).CancelAfter(StopTimeout), abandon))
        {
            // All places are free again when the last shopper has left; abandoned ones leave at once.
            for (var place = 0; place < MaxInFlight; place++)
                await _places.WaitAsync(CancellationToken.None);
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task ArriveAsync(CancellationToken abandon, CancellationToken stop)
    {
        for (var arrival = schedule.Next(); duration is null || arrival.Due < duration; arrival = schedule.Next())
        {
            if (!await WaitAsync(arrival.Due, stop))
                return;
            var isDropped = !_places.Wait(0, CancellationToken.None);
            shop.Statistics.Arrived(isDropped);
            if (!isDropped)
                _ = VisitAsync(arrival, abandon);
        }
        await WaitAsync(duration.GetValueOrDefault(), stop);
    }

    private async Task<bool> WaitAsync(TimeSpan due, CancellationToken stop)
    {
        var delay = due - shop.Time.GetElapsedTime(_started);
        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, shop.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }

    private async Task VisitAsync(Arrival arrival, CancellationToken abandon)
    {
        var isAbandoned = false;
        using var trace = VisitTrace.Start(arrival);
        try
        {
            await new ShopperJourney(shop, arrival, lateness: shop.Time.GetElapsedTime(_started) - arrival.Due).RunAsync(abandon);
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
