using System.Collections.Concurrent;
using MassTransit;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Messages;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Publishes orders, which a Payments service under proof charges; an order has ended with Payments' message.</summary>
internal sealed class ChargedOrders(ProofTarget target, IReadOnlyList<OrderLine> lines) : IDisposable
{
    private static readonly TimeSpan MaxCharging = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _charging = new();
    private IBusControl? _bus;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(target.Backends.Broker.Address);
            MessageQueues.Bind(rabbit);
            rabbit.ReceiveEndpoint("proof", endpoint =>
            {
                endpoint.Handler<PaymentSettled>(context => EndAsync(context.Message.OrderId));
                endpoint.Handler<PaymentDeclined>(context => EndAsync(context.Message.OrderId));
            });
        });
        await _bus.StartAsync(cancellationToken);
    }

    /// <summary>Charges many orders, a few at a time.</summary>
    public Task ChargeAsync(int count, Func<string> customer, CancellationToken cancellationToken)
        => Traffic.RepeatAsync(count, token => ChargeAsync(customer(), token), cancellationToken);

    /// <summary>Charges an order and returns its id.</summary>
    public async Task<Guid> ChargeAsync(string customer, CancellationToken cancellationToken)
    {
        var order = new OrderPlaced(Guid.CreateVersion7(), customer, lines.Sum(line => line.Amount), lines,
            DateTimeOffset.UtcNow, Guid.Empty, 0);
        var ended = _charging[order.OrderId] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _bus!.Publish(order, cancellationToken);
        try
        {
            await ended.Task.WaitAsync(MaxCharging, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new LabException($"An order was not charged within {MaxCharging.TotalSeconds} s.");
        }
        return order.OrderId;
    }

    public void Dispose() => _bus?.Stop();

    private Task EndAsync(Guid orderId)
    {
        if (_charging.TryRemove(orderId, out var ended))
            ended.SetResult();
        return Task.CompletedTask;
    }
}
