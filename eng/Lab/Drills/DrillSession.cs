using Shop.Lab.Cases;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Drills;

/// <summary>
/// The drill of this process. There is one for all pages and for the HTTP API; it outlives a page that is closed, and the services keep it
/// if this process ends: then <see cref="EndAsync"/> of the next one ends it.
/// </summary>
internal sealed class DrillSession(LabClient lab, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MaxChange = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    // A sample of a service is a second old, and its replicas learn of the end a moment later.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _gate = new(1);
    private volatile DrillRun? _run;
    private volatile string? _unrestored;
    private DateTimeOffset _restored;

    /// <summary>The drill now, or the last one.</summary>
    public DrillView Read() => _run is { } run ? run.Read() with { Unrestored = _unrestored } : new(DrillState.Off);

    /// <summary>Whether these samples show that the services are in a drill that is not this session's.</summary>
    public bool IsForeign(IEnumerable<LiveSample> samples)
    {
        // It starts or ends one itself.
        if (_run is { IsEnded: false } || _gate.CurrentCount == 0)
            return false;
        return samples.Any(sample => sample.Time > _restored + Settling && sample.Cases.Any(state => state.Variant == CaseSample.Hidden));
    }

    /// <summary>Starts a drill, and returns when every service hides its cases.</summary>
    /// <exception cref="LabException">A drill is on, a case is not Fixed, or a service does not answer.</exception>
    public async Task StartAsync(int level, int seed, CancellationToken cancellationToken)
    {
        if (!Drill.IsLevel(level))
            throw new LabException($"The level is from {Drill.MinLevel} to {Drill.MaxLevel}, not {level}.", CommandLine.BadArguments);
        await InTurnAsync(async () =>
        {
            if (_run is { IsEnded: false })
                throw new LabException("A drill is on; answer it or end it.");
            await RequireFixedAsync(cancellationToken);
            var drill = Drill.Pick(level, seed);
            await lab.StartDrillAsync(ShopAddresses.Names.First(), drill.Cases.Select(study => study.Id), cancellationToken);
            try
            {
                await WaitUntilHiddenAsync(cancellationToken);
            }
            catch
            {
                await RestoreAsync();
                throw;
            }
            _unrestored = null;
            _run = new(drill, time);
        }, cancellationToken);
    }

    /// <summary>Judges an answer; the last right one ends the drill, and the services are as before.</summary>
    /// <exception cref="LabException">No drill is on, or the answer names what there is not.</exception>
    public async Task<DrillVerdict> AnswerAsync(DrillAnswer answer, CancellationToken cancellationToken)
    {
        var verdict = DrillVerdict.Wrong;
        await InTurnAsync(async () =>
        {
            var run = _run ?? throw new LabException("No drill is on.");
            verdict = run.Answer(answer);
            if (run.IsEnded)
                await RestoreAsync();
        }, cancellationToken);
        return verdict;
    }

    /// <summary>
    /// Ends the drill: gives up the one that is on, and ends whatever drill the services are in, also that of a page that is no more.
    /// </summary>
    /// <exception cref="LabException">No service answers: the cases are still Leaky and hidden.</exception>
    public Task EndAsync(CancellationToken cancellationToken) => InTurnAsync(async () =>
    {
        _run?.GiveUp();
        await RestoreAsync();
        if (_unrestored is { } reason)
            throw new LabException(reason);
    }, cancellationToken);

    /// <summary>Counts the collateral that a sample of an instance shows.</summary>
    public void Observe(LiveSample sample) => _run?.Observe(sample);

    public void Dispose() => _gate.Dispose();

    private async Task InTurnAsync(Func<Task> act, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await act();
        }
        finally
        {
            _gate.Release();
        }
    }

    // Another case's growth would be found too, and be a wrong answer.
    private async Task RequireFixedAsync(CancellationToken cancellationToken)
    {
        var cases = await ReadAsync(cancellationToken);
        if (cases.Any(state => state.Variant == CaseSample.Hidden))
            throw new LabException("The services are in a drill that this page did not start; end it first.");
        var others = cases.Where(state => state.Variant != nameof(CaseVariant.Fixed)).Select(state => $"{state.Case} is {state.Variant}");
        if (string.Join(", ", others) is { Length: > 0 } list)
            throw new LabException($"A drill needs every case to be Fixed: {list}.");
    }

    private async Task WaitUntilHiddenAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while ((await ReadAsync(cancellationToken)).Any(state => state.Variant != CaseSample.Hidden))
        {
            if (time.GetElapsedTime(start) > MaxChange)
                throw new LabException("A service did not learn of the drill in time.");
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    private async Task<IEnumerable<CaseState>> ReadAsync(CancellationToken cancellationToken)
    {
        var services = await Task.WhenAll(ShopAddresses.Names.Select(service => lab.ReadAsync(service, cancellationToken)));
        return services.SelectMany(states => states);
    }

    // Each service can end the drill of all; one of them may be what the trainee has broken. A caller that leaves does not interrupt it.
    private async Task RestoreAsync()
    {
        foreach (var service in ShopAddresses.Names)
        {
            try
            {
                await lab.EndDrillAsync(service, CancellationToken.None);
                _unrestored = null;
                await WaitUntilShownAsync();
                _restored = time.GetUtcNow();
                return;
            }
            catch (LabException exception)
            {
                _unrestored = $"The cases are still Leaky and hidden, end the drill again: {exception.Message}";
            }
        }
    }

    // The other services learn of it a moment later; one that does not answer does when it is back.
    private async Task WaitUntilShownAsync()
    {
        using var limit = new CancellationTokenSource(MaxChange, time);
        while (!limit.IsCancellationRequested
            && (await Task.WhenAll(ShopAddresses.Names.Select(service => IsHiddenAsync(service, limit.Token)))).Contains(true))
            await Task.Delay(Pause, time, CancellationToken.None);
    }

    private async Task<bool> IsHiddenAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            return (await lab.ReadAsync(service, cancellationToken)).Any(state => state.Variant == CaseSample.Hidden);
        }
        catch (Exception exception) when (exception is LabException or OperationCanceledException)
        {
            return false;
        }
    }
}
