namespace Shop.Lab.Load;

/// <summary>
/// The load of this process: seeded shoppers that can be started, changed in rate and stopped. There is one for all pages and for the HTTP
/// API: they see the same figures, and of two commands at the same time one comes after the other.
/// </summary>
internal sealed class LoadSession(ShopAddresses addresses, HttpMessageInvoker connections, TimeProvider time) : IAsyncDisposable
{
    public const int MinRate = 1;
    public const int MaxRate = 200;

    // At 20 a second, two cores are busy with the shop.
    public const int DefaultRate = 10;

    private readonly SemaphoreSlim _gate = new(1);
    private volatile SessionRun? _run;
    private volatile bool _isStarting;

    /// <summary>The figures of the last ten minutes.</summary>
    public LoadHistory History { get; } = new(time);

    /// <summary>Whether this can be the rate, in orders per second.</summary>
    public static bool IsRate(int rate) => rate is >= MinRate and <= MaxRate;

    /// <summary>The load as it is now; its figures are read once a second.</summary>
    public LoadView Read()
    {
        var run = _run;
        var state = _isStarting ? LoadState.Starting : run?.State ?? LoadState.Off;
        return new(state, state == LoadState.On ? run?.Rate : null, run?.Figures);
    }

    /// <summary>Starts the shoppers, or changes their rate.</summary>
    /// <exception cref="LabException">The shop does not answer; nothing was started.</exception>
    public async Task SetRateAsync(int rate, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rate, MinRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, MaxRate);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_run is { State: LoadState.On } run)
                run.ChangeRate(rate);
            else
                await StartAsync(rate, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops the shoppers and waits until they have left, a few seconds; nothing if there are none.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_run is { } run)
                await run.StopAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        if (_run is { } run)
            await run.DisposeAsync();
        connections.Dispose();
        _gate.Dispose();
    }

    private async Task StartAsync(int rate, CancellationToken cancellationToken)
    {
        _isStarting = true;
        try
        {
            await ShopProbe.RequireAsync(addresses, connections, cancellationToken);
            if (_run is { } last)
                await last.DisposeAsync();
            _run = SessionRun.Start(addresses, connections, rate, History, time);
        }
        finally
        {
            _isStarting = false;
        }
    }
}
