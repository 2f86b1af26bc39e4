namespace Shop.Lab.Load;

/// <summary>The shoppers of the session from one start to the stop after it.</summary>
internal sealed class SessionRun : IAsyncDisposable
{
    /// <summary>How long the rate takes to reach a new value, from zero at the start.</summary>
    public static readonly TimeSpan Ramp = TimeSpan.FromSeconds(5);

    /// <summary>How often the figures are read.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int Seed = 1;
    private const int Shoppers = 200;
    private readonly CancellationTokenSource _stop = new();
    private readonly LoadStatistics _statistics;
    private readonly LoadRun _load;
    private readonly LoadHistory _history;
    private readonly TimeProvider _time;
    private readonly ReadingWindow _window = new();
    private readonly Task _ended;
    private volatile LoadFigures? _figures;
    private volatile int _rate;

    private SessionRun(ShopAddresses addresses, HttpMessageInvoker connections, int rate, LoadHistory history, TimeProvider time)
    {
        _rate = rate;
        _history = history;
        _time = time;
        _statistics = new LoadStatistics(time);
        var shop = LoadContext.Create(addresses, connections, _statistics, Shoppers, Seed, time);
        _load = new LoadRun(shop, new ArrivalSchedule(rate, Ramp, isConstant: false, Seed), duration: null);
        // The traces of the visits are their own, and no part of the request that starts them.
        using (ExecutionContext.SuppressFlow())
            _ended = Task.Run(RunAsync);
    }

    public LoadState State => _ended.IsCompleted ? LoadState.Off
        : _stop.IsCancellationRequested ? LoadState.Stopping : LoadState.On;

    /// <summary>The orders per second that were asked for last.</summary>
    public int Rate => _rate;

    /// <summary>The figures of the last second; null until the first have been read.</summary>
    public LoadFigures? Figures => _figures;

    public static SessionRun Start(
        ShopAddresses addresses, HttpMessageInvoker connections, int rate, LoadHistory history, TimeProvider time)
        => new(addresses, connections, rate, history, time);

    public void ChangeRate(int rate)
    {
        _rate = rate;
        _load.ChangeRate(rate);
    }

    /// <summary>Lets no more shoppers in, and waits until the last has left.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _ended;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _load.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var running = _load.RunAsync(_stop.Token);
        while (!running.IsCompleted)
        {
            ReadFigures();
            await running.WaitAsync(Interval, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        // A mistake of the load itself must not end it unseen.
        if (running.Exception is { } failed)
            _statistics.Failed("load", failed.GetBaseException().GetType().Name);
        ReadFigures();
        _figures = _figures?.AtEnd();
    }

    private void ReadFigures()
    {
        _window.Add(_statistics.Read());
        var figures = LoadFigures.Of(_window);
        _history.Add(LoadPoint.Of(_time.GetLocalNow().DateTime, figures));
        _figures = figures;
    }
}
