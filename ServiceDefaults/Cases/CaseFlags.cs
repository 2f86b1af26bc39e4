using System.Collections.Frozen;
using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.FeatureManagement;
using StackExchange.Redis;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// Applies the flags in Redis to the case switches: before the service accepts its first request, then on each message.
/// While Redis is unavailable the last known variants stay active.
/// </summary>
internal sealed partial class CaseFlags(
    CaseStore store, CaseFlagsProvider provider, IVariantFeatureManager features, IConfiguration configuration,
    IEnumerable<ICaseSwitch> switches, ILogger<CaseFlags> logger) : BackgroundService
{
    private readonly ICaseSwitch[] _switches = [.. switches];
    private readonly SemaphoreSlim _gate = new(1);
    // The Redis client delivers messages on its own thread, which must not block. Messages are rare, and one reload covers all queued ones.
    private readonly Channel<string> _messages = Channel.CreateBounded<string>(64);
    private IReadOnlySet<string> _drill = FrozenSet<string>.Empty;

    /// <summary>Reads the flags; if Redis does not respond in time, the service starts with the configured variants.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ApplyAsync(StoredCases.None, cancellationToken);
        try
        {
            await store.SubscribeAsync(message => _messages.Writer.TryWrite(message)).WaitAsync(cancellationToken);
            await ReloadAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            LogUnreachable(logger, exception);
        }
        await base.StartAsync(cancellationToken);
    }

    /// <summary>
    /// Stores a variant for all replicas and applies it to this one immediately; returns false, with nothing changed, while a drill is on.
    /// </summary>
    public async Task<bool> TrySwitchAsync(CaseStudy study, CaseVariant variant, CancellationToken cancellationToken)
    {
        var isStored = await store.TryWriteAsync(study, variant);
        await ReloadAsync(cancellationToken);
        return isStored;
    }

    /// <summary>Starts a drill in all services, in this instance immediately; returns false if one is on.</summary>
    public async Task<bool> TryStartDrillAsync(IEnumerable<string> cases, CancellationToken cancellationToken)
    {
        var isStarted = await store.TryStartDrillAsync(cases);
        await ReloadAsync(cancellationToken);
        return isStarted;
    }

    /// <summary>Ends the drill in all services, in this instance immediately; its cases are reset, as by the lab's route.</summary>
    public async Task EndDrillAsync(CancellationToken cancellationToken)
    {
        await store.EndDrillAsync();
        await ReloadAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in _messages.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (message.StartsWith(CaseStore.ResetPrefix, StringComparison.Ordinal))
                    Reset(message[CaseStore.ResetPrefix.Length..]);
                else
                    await ReloadAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                LogUnreachable(logger, exception);
            }
        }
    }

    public override void Dispose()
    {
        _gate.Dispose();
        base.Dispose();
    }

    private void Reset(string id)
    {
        foreach (var @case in _switches.Where(@case => @case.Study.Id == id))
        {
            @case.Reset();
            LogReset(logger, id);
        }
    }

    private async Task ReloadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            // Read in turn, too: what was read earlier must not be applied later.
            await ApplyAsync(await store.ReadAsync(), cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task ApplyAsync(StoredCases stored, CancellationToken cancellationToken)
    {
        // Hidden before the first case is switched, shown after the last: a reader between must not see which one it was.
        if (stored.Drill is not null)
            Hide(true);
        provider.Apply(_switches.Select(@case => (@case.Study, Choose(@case.Study, stored))));
        // Not in a callback of the reload token: the feature manager may still return the old variant there.
        foreach (var @case in _switches)
            await SelectAsync(@case, cancellationToken);
        ResetEnded(stored.Drill ?? FrozenSet<string>.Empty);
        if (stored.Drill is null)
            Hide(false);
    }

    // Before the cases are shown: a reader of the end must not see what they held. Each instance does it by itself, since a message is lost
    // while the connection to Redis is down.
    private void ResetEnded(IReadOnlySet<string> drill)
    {
        foreach (var id in _drill.Except(drill))
            Reset(id);
        _drill = drill;
    }

    private void Hide(bool isHidden)
    {
        if (_switches.All(@case => @case.IsHidden == isHidden))
            return;
        foreach (var @case in _switches)
            @case.IsHidden = isHidden;
        LogDrill(logger, isHidden ? "on" : "over");
    }

    private CaseVariant Choose(CaseStudy study, StoredCases stored)
        => stored.Drill?.Contains(study.Id) is true ? CaseVariant.Leaky
            : stored.Variants.TryGetValue(study.Id, out var variant) ? variant
            : CaseVariants.Parse(configuration[$"Cases:{study.Id}:Variant"]) ?? CaseVariant.Fixed;

    private async Task SelectAsync(ICaseSwitch @case, CancellationToken cancellationToken)
    {
        var flag = await features.GetVariantAsync(@case.Study.Id, cancellationToken);
        var variant = CaseVariants.Parse(flag?.Name) ?? CaseVariant.Fixed;
        if (variant == @case.Variant)
            return;
        @case.Select(variant);
        if (!@case.IsHidden)
            LogSwitched(logger, @case.Study.Id, variant);
    }

    [LoggerMessage(LogLevel.Information, "Case {Case} is now {Variant}")]
    private static partial void LogSwitched(ILogger logger, string @case, CaseVariant variant);

    [LoggerMessage(LogLevel.Information, "The drill is {State}")]
    private static partial void LogDrill(ILogger logger, string state);

    [LoggerMessage(LogLevel.Information, "Case {Case} was reset")]
    private static partial void LogReset(ILogger logger, string @case);

    [LoggerMessage(LogLevel.Warning, "The case flags cannot be read from Redis; the last known variants stay active")]
    private static partial void LogUnreachable(ILogger logger, Exception exception);
}
