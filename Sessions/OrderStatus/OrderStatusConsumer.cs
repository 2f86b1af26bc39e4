using System.Text.Json;
using MassTransit;
using Shop.ServiceDefaults.Messages;

namespace Shop.Sessions.OrderStatus;

/// <summary>What a socket is told.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">Settled or Declined.</param>
/// <param name="At">Since when.</param>
internal sealed record OrderStatusView(Guid OrderId, string Status, DateTimeOffset At);

/// <summary>Tells a customer's sockets of this instance how the payment ended. Nothing is kept for later: GET /orders has it.</summary>
internal sealed class OrderStatusConsumer(OrderSockets sockets) : IConsumer<PaymentSettled>, IConsumer<PaymentDeclined>
{
    public Task Consume(ConsumeContext<PaymentSettled> context)
        => Send(context.Message.CustomerId, new OrderStatusView(context.Message.OrderId, "Settled", context.Message.SettledAt));

    public Task Consume(ConsumeContext<PaymentDeclined> context)
        => Send(context.Message.CustomerId, new OrderStatusView(context.Message.OrderId, "Declined", context.Message.DeclinedAt));

    private Task Send(string customerId, OrderStatusView status)
    {
        // Serialized once for all sockets of the customer.
        sockets.Send(customerId, JsonSerializer.SerializeToUtf8Bytes(status, JsonSerializerOptions.Web));
        return Task.CompletedTask;
    }
}

/// <summary>A queue of its own for each instance, so that every message reaches the one that holds the socket; it goes with the instance.</summary>
internal sealed class OrderStatusDefinition : ConsumerDefinition<OrderStatusConsumer>
{
    private const int MaxQueuedMessages = 10_000;

    public OrderStatusDefinition()
        => Endpoint(endpoint =>
        {
            endpoint.Name = $"sessions-order-status-{Guid.NewGuid():N}";
            endpoint.Temporary = true;
        });

    protected override void ConfigureConsumer(IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<OrderStatusConsumer> consumerConfigurator, IRegistrationContext context)
    {
        // Whoever misses a status reads GET /orders; error queues of instances that are gone would only pile up.
        endpointConfigurator.DiscardFaultedMessages();
        endpointConfigurator.DiscardSkippedMessages();
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
            rabbit.SetQueueArgument("x-max-length", MaxQueuedMessages);
    }
}
