using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions;
using Shop.Sessions.ActivityLog;
using Shop.Tests.AppHost;
using Shop.Tests.Cases;
using StackExchange.Redis;

namespace Shop.Tests.Sessions;

/// <summary>What the variants write to a stream in the running Shop's Redis, and what they hold while it takes nothing.</summary>
[RunningShop]
public sealed class ActivityLogTests(ShopFixture shop) : RetainedContract
{
    private const int Capacity = 20;
    private const int Changes = 80;
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly SessionsOptions _options = new()
    {
        KeyPrefix = $"tests:{Guid.NewGuid():N}:",
        ActivityLogInterval = TimeSpan.FromMilliseconds(10),
    };
    private readonly MeterListener _listener = new();
    private ConnectionMultiplexer _redis = null!;
    private int _revision;
    private long _dropped;
    private bool _isStarted;

    private protected override IActivityLog Current => Services.GetRequiredService<CaseSwitch<IActivityLog>>().Current;

    private protected override long Bound => Capacity;

    private RedisKey Key => $"{_options.KeyPrefix}activity-log";

    private IDatabase Redis => _redis.GetDatabase();

    private long Dropped => Interlocked.Read(ref _dropped);

    public override async ValueTask InitializeAsync()
    {
        _redis = await ConnectionMultiplexer.ConnectAsync((await shop.App.GetConnectionStringAsync("redis", Cancellation))!);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "shop.sessions.activity.dropped" && instrument.Meter.Scope == Services.GetService<IMeterFactory>())
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _dropped, value));
        _listener.Start();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isStarted)
            await StopAsync(new CancellationToken(canceled: true));
        _listener.Dispose();
        await base.DisposeAsync();
        // Null if the connection failed.
        if (_redis is not null)
        {
            await Redis.KeyDeleteAsync(Key);
            await _redis.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Fixed)]
    public async Task WhileTheStreamIsAwayOnlyFixedStaysWithinItsBoundAndItThenWritesTheNewest(CaseVariant variant)
    {
        Switch.Select(variant);
        // The commands of the stream fail, and no others.
        await Redis.StringSetAsync(Key, "not a stream");
        await StartAsync();
        AddMany(Changes);

        Assert.InRange(Switch.HeldItems, variant == CaseVariant.Leaky ? Changes - 1 : 1, variant == CaseVariant.Leaky ? Changes : Capacity);
        await Redis.KeyDeleteAsync(Key);
        var written = await ReadAsync(written => written.Count > 0 && written[^1].Revision == Changes);
        Assert.Equal(written.Select(change => change.Revision).Order(), written.Select(change => change.Revision));
        Assert.Equal(Changes, written.Count + Dropped);
        Assert.Equal(variant == CaseVariant.Leaky, Dropped == 0);
    }

    [Theory]
    [InlineData(CaseVariant.Leaky)]
    [InlineData(CaseVariant.Fixed)]
    public async Task AtAStopOnlyFixedWritesItsQueue(CaseVariant variant)
    {
        Switch.Select(variant);
        await StartAsync();
        AddMany(Capacity);
        await StopAsync(CancellationToken.None);
        Current.Add(Change());

        var written = await Redis.StreamLengthAsync(Key);
        Assert.Equal(variant == CaseVariant.Fixed, written == Capacity);
        // The one after the stop.
        Assert.Equal(variant == CaseVariant.Fixed ? 1 : 0, Dropped);
    }

    [Fact]
    public async Task AStopTakesNoLongerThanTheHostGrants()
    {
        await Redis.StringSetAsync(Key, "not a stream");
        await StartAsync();
        AddMany(Capacity / 2);
        using var granted = new CancellationTokenSource();
        var stopping = StopAsync(granted.Token);
        Assert.False(stopping.IsCompleted);
        await granted.CancelAsync();
        var first = await Task.WhenAny(stopping, Task.Delay(Eventually.Timeout, Cancellation));
        // A stop that takes longer ends too, now that there can be a stream.
        await Redis.KeyDeleteAsync(Key);

        Assert.Same(stopping, first);
        Assert.Equal(Capacity / 2, Dropped);
    }

    [Fact]
    public async Task TheStreamHasAboutTheLatestTenThousandChanges()
    {
        var stream = Services.GetRequiredService<ActivityStream>();
        for (var append = 0; append < 3; append++)
            await stream.AppendAsync([.. Enumerable.Range(0, ActivityStream.MaxLength / 2).Select(_ => Change())], Cancellation);

        Assert.InRange(await Redis.StreamLengthAsync(Key), ActivityStream.MaxLength, ActivityStream.MaxLength + 200);
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration[$"Cases:{Study.Id}:Capacity"] = $"{Capacity}";
        builder.Services.AddMetrics().AddSingleton(TimeProvider.System).AddSingleton<IConnectionMultiplexer>(_redis)
            .AddSingleton(Options.Create(_options));
        cases.Add<ActivityLogCase>();
    }

    /// <summary>The changes are written in their order.</summary>
    private protected override async Task BehaveAsync()
    {
        await StartAsync();
        await Redis.KeyDeleteAsync(Key);
        var changes = new[] { Change(), Change(), Change() };
        foreach (var change in changes)
            Current.Add(change);

        Assert.Equal(changes, await ReadAsync(written => written.Count == changes.Length));
    }

    /// <summary>Nothing reads the queue yet.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override Task<WeakReference> OperateAsync()
    {
        var change = Change();
        Current.Add(change);
        return Task.FromResult(new WeakReference(change));
    }

    private protected override Task AgeAsync()
    {
        AddMany(Capacity);
        return Task.CompletedTask;
    }

    private void AddMany(int count)
    {
        for (var index = 0; index < count; index++)
            Current.Add(Change());
    }

    private CartActivity Change() => new(At, "ada", Guid.Empty, Interlocked.Increment(ref _revision), "SKU-0001", 2);

    private async Task StartAsync()
    {
        if (_isStarted)
            return;
        _isStarted = true;
        foreach (var service in Services.GetServices<IHostedService>())
            await service.StartAsync(Cancellation);
    }

    private Task StopAsync(CancellationToken granted)
        => Task.WhenAll(Services.GetServices<IHostedService>().Select(service => service.StopAsync(granted)));

    private Task<IReadOnlyList<CartActivity>> ReadAsync(Func<IReadOnlyList<CartActivity>, bool> isDone)
        => Eventually.ReadAsync<IReadOnlyList<CartActivity>>(
            async () => [.. (await Redis.StreamRangeAsync(Key)).Select(Parse)], isDone, "the changes in the stream");

    private static CartActivity Parse(StreamEntry entry)
        => JsonSerializer.Deserialize<CartActivity>((string)entry[ActivityStream.Field]!, JsonSerializerOptions.Web)!;
}
