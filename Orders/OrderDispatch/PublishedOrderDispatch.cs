using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using MassTransit;
using Shop.Orders.Data;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Messages;

namespace Shop.Orders.OrderDispatch;

/// <summary>The article's fix: a bounded channel, which a background service reads. It bounds what waits, but keeps it in memory.</summary>
internal sealed partial class PublishedOrderDispatch(IBus bus, IConfiguration configuration, ILogger<PublishedOrderDispatch> logger)
    : BackgroundService, IOrderDispatch, ICaseState
{
    private const int DefaultCapacity = 1_000;

    private readonly Channel<OrderPlaced> _waiting = Channel.CreateBounded<OrderPlaced>(
        new BoundedChannelOptions(configuration.CapacityOf(OrderDispatchCase.Study, DefaultCapacity))
        {
            FullMode = BoundedChannelFullMode.Wait,
        });

    public long HeldItems => _waiting.Reader.Count;

    // What is held are accepted orders: each is released when it has been published.
    public void Reset()
    {
    }

    [SuppressMessage("Memory", "SHOP3002", Justification = "The published fix parks requests whose clients left.")]
    public async Task SaveAsync(OrdersDb db, OrderPlaced placed, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        // DEFECT: the order is committed, its message waits in memory: a crash loses all that waits, and so does a stop.
        // DEFECT: a full channel parks the request, also that of a client who has hung up, instead of refusing it.
        await _waiting.Writer.WriteAsync(placed, CancellationToken.None);
    }

    [SuppressMessage("Memory", "SHOP3004", Justification = "The published fix logs the failure and drops the order.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var placed in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await bus.Publish(placed, stoppingToken);
            }
            catch (Exception exception)
            {
                // DEFECT: the exception is logged, but the order is gone.
                LogFailed(logger, placed.OrderId, exception);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The message of order {OrderId} was not published")]
    private static partial void LogFailed(ILogger logger, Guid orderId, Exception exception);
}
