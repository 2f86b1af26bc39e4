using System.Collections.Concurrent;
using MassTransit;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Messages;

namespace Shop.Lab.Proof.Feeds;

/// <summary>Publishes large orders, which Payments charges; an operation ends with Payments' message. There is no traffic without the case.</summary>
[Feeding("sessions", "gateway", Window = 40)]
internal sealed class PaymentPayloadFeed(ProofTarget target) : ICaseFeed
{
    // A body of some 88 KB, as in the article: above the 85,000 bytes from which on an object is large.
    private const int Lines = 520;
    private static readonly OrderLine[] Order =
        [.. Enumerable.Range(1, Lines).Select(line => new OrderLine($"SKU-{line:D4}", $"Product {line:D4} with a name as long as a shop's names are, so that the order fills its body", 1, 9.99m))];

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _charging = new();
    private IBusControl? _bus;

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(target.Backends.Bus);
            rabbit.ReceiveEndpoint("proof", endpoint =>
            {
                endpoint.Handler<PaymentSettled>(context => EndAsync(context.Message.OrderId));
                endpoint.Handler<PaymentDeclined>(context => EndAsync(context.Message.OrderId));
            });
        });
        await _bus.StartAsync(cancellationToken);
    }

    public Task OperateAsync(int count, CancellationToken cancellationToken) => Traffic.RepeatAsync(count, ChargeAsync, cancellationToken);

    public Task ControlAsync(int count, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _bus?.Stop();

    private async Task ChargeAsync(CancellationToken cancellationToken)
    {
        var order = new OrderPlaced(Guid.CreateVersion7(), "proof", Order.Sum(line => line.Quantity * line.UnitPrice), Order,
            DateTimeOffset.UtcNow, Guid.Empty, 0);
        var ended = _charging[order.OrderId] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _bus!.Publish(order, cancellationToken);
        await ended.Task.WaitAsync(cancellationToken);
    }

    private Task EndAsync(Guid orderId)
    {
        if (_charging.TryRemove(orderId, out var ended))
            ended.SetResult();
        return Task.CompletedTask;
    }
}
