using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using OpenTelemetry;
using Shop.Orders.Data;

namespace Shop.Orders.Status;

/// <summary>
/// Publishes how many accepted orders have had no outcome for a minute. While all dependencies respond there is none, unless its message
/// was lost.
/// </summary>
internal sealed partial class OverdueOrders : BackgroundService
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly IDbContextFactory<OrdersDb> _contexts;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Meter _meter;
    private readonly Gauge<int> _overdue;

    public OverdueOrders(IDbContextFactory<OrdersDb> contexts, IMeterFactory meters, TimeProvider time, ILogger<OverdueOrders> logger)
    {
        (_contexts, _time, _logger) = (contexts, time, logger);
        // The factory owns and disposes the meter.
        _meter = meters.Create("Shop.Orders");
        _overdue = _meter.CreateGauge<int>(
            "shop.orders.overdue", "{order}", $"Accepted orders without an outcome for {Limit.TotalSeconds} s, of all instances");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        do
        {
            try
            {
                _overdue.Record(await CountAsync(stoppingToken));
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(_logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        // No spans: one empty trace per count would hide the shop's traces.
        using var suppressed = SuppressInstrumentationScope.Begin();
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var before = _time.GetUtcNow() - Limit;
        return await db.Orders.CountAsync(order => order.Status == OrderStatus.Pending && order.PlacedAt < before, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The overdue orders could not be counted")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
