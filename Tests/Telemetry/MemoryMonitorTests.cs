using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Forecast;
using Shop.ServiceDefaults.Memory;

namespace Shop.Tests.Telemetry;

/// <summary>The memory monitoring of a service is one hosted service with one timer, or nothing.</summary>
public sealed class MemoryMonitorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HoweverOftenItIsAddedAServiceWakesUpOnceASecond()
    {
        var time = new CountedTime();
        using var services = Register(time, services => services.AddMemoryTelemetry().AddMemoryTelemetry());
        var hosted = services.GetServices<IHostedService>().ToList();
        foreach (var service in hosted)
            await service.StartAsync(Cancellation);
        await Eventually.ReadAsync(() => Task.FromResult(time.Timers), timers => timers > 0, "the timer");
        foreach (var service in hosted)
            await service.StopAsync(Cancellation);

        Assert.IsType<MemoryMonitor>(Assert.Single(hosted));
        Assert.Equal(1, time.Timers);
    }

    /// <summary>The article registers its monitor as a singleton and again as a hosted service: two, each with its own state.</summary>
    [Fact]
    public void TheArticlesRegistrationMakesTwoMonitors()
    {
        using var services = Register(TimeProvider.System, services => services
            .AddMemoryTelemetry().AddSingleton<MemoryMonitor>().AddHostedService<MemoryMonitor>());

        Assert.NotSame(services.GetRequiredService<MemoryMonitor>(), Assert.Single(services.GetServices<IHostedService>()));
    }

    [Fact]
    public async Task AServiceHasOneMonitorWhichKeepsAllOfThemCurrent()
    {
        await using var app = Build();
        var trend = app.Services.GetRequiredService<HeapTrend>();
        await Assert.Single(app.Services.GetServices<IHostedService>().OfType<MemoryMonitor>()).StartAsync(Cancellation);
        // Only the monitor looks for collections.
        GC.Collect();
        await Eventually.ReadAsync(() => Task.FromResult(trend.Last), last => last is not null, "a judged collection");
    }

    [Fact]
    public async Task ADisabledOneIsNotThere()
    {
        await using var app = Build("--Memory:Enabled=false");
        app.MapDefaultEndpoints();
        app.MapLab();

        Assert.Empty(app.Services.GetServices<IHostedService>().OfType<MemoryMonitor>());
        Assert.Null(app.Services.GetService<RouteAllocations>());
        Assert.DoesNotContain("/lab/forecast", Routes(app));
        await using var enabled = Build();
        enabled.MapLab();
        Assert.Contains("/lab/forecast", Routes(enabled));
    }

    private static WebApplication Build(params string[] args)
    {
        // Nobody connects: the service is not started.
        var builder = WebApplication.CreateBuilder([.. args, "--ConnectionStrings:redis=127.0.0.1:1"]);
        builder.AddServiceDefaults();
        builder.AddCases();
        return builder.Build();
    }

    private static IEnumerable<string?> Routes(WebApplication app)
        => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText);

    private static ServiceProvider Register(TimeProvider time, Action<IServiceCollection> add)
    {
        var services = new ServiceCollection().AddMetrics().AddLogging().AddSingleton(time);
        add(services);
        return services.BuildServiceProvider();
    }

    private sealed class CountedTime : FakeTimeProvider
    {
        private int _timers;

        public int Timers => Volatile.Read(ref _timers);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _timers);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
