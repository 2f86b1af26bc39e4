using MassTransit;

namespace Shop.ServiceDefaults.Messages;

/// <summary>
/// The queues that must not miss a message. Whoever publishes one binds them too, so that a message published before
/// its consumer has ever run waits in the queue instead of being dropped by the exchange.
/// </summary>
public static class MessageQueues
{
    /// <summary>Payments charges placed orders.</summary>
    public const string PaymentsCharges = "payments-charges";

    /// <summary>Orders takes over how a payment ended.</summary>
    public const string OrdersStatus = "orders-status";

    /// <summary>Documents writes the invoice of a settled order.</summary>
    public const string DocumentsInvoices = "documents-invoices";

    /// <summary>Sessions takes ordered lines out of the cart.</summary>
    public const string SessionsOrderedLines = "sessions-ordered-lines";

    internal static void Bind(IRabbitMqBusFactoryConfigurator rabbit)
    {
        rabbit.Publish<OrderPlaced>(message => Bind(message, PaymentsCharges, SessionsOrderedLines));
        rabbit.Publish<PaymentSettled>(message => Bind(message, OrdersStatus, DocumentsInvoices));
        rabbit.Publish<PaymentDeclined>(message => Bind(message, OrdersStatus));
    }

    // Straight to the queue. The consumer's endpoint binds it too, through an exchange of its own: RabbitMQ delivers a
    // message once to each queue, on however many ways it gets there.
    private static void Bind<T>(IRabbitMqMessagePublishTopologyConfigurator<T> message, params ReadOnlySpan<string> queues) where T : class
    {
        foreach (var queue in queues)
            message.BindQueue(message.Exchange.ExchangeName, queue);
    }
}
