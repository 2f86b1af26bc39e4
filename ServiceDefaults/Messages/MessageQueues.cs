using MassTransit;

namespace Shop.ServiceDefaults.Messages;

/// <summary>
/// The queues that must receive every message. The publishers bind them too, so that the exchange does not drop a message
/// that is published before its consumer's first start.
/// </summary>
public static class MessageQueues
{
    /// <summary>Payments: charges placed orders.</summary>
    public const string PaymentsCharges = "payments-charges";

    /// <summary>Orders: sets the final status of orders.</summary>
    public const string OrdersStatus = "orders-status";

    /// <summary>Documents: creates the invoices of settled orders.</summary>
    public const string DocumentsInvoices = "documents-invoices";

    /// <summary>Sessions: removes ordered lines from the cart.</summary>
    public const string SessionsOrderedLines = "sessions-ordered-lines";

    internal static void Bind(IRabbitMqBusFactoryConfigurator rabbit)
    {
        rabbit.Publish<OrderPlaced>(message => Bind(message, PaymentsCharges, SessionsOrderedLines));
        rabbit.Publish<PaymentSettled>(message => Bind(message, OrdersStatus, DocumentsInvoices));
        rabbit.Publish<PaymentDeclined>(message => Bind(message, OrdersStatus));
    }

    // Binds the queue directly. The consumer's endpoint also binds it, through its own exchange; RabbitMQ delivers a message
    // to a queue once, regardless of the number of routes.
    private static void Bind<T>(IRabbitMqMessagePublishTopologyConfigurator<T> message, params ReadOnlySpan<string> queues) where T : class
    {
        foreach (var queue in queues)
            message.BindQueue(message.Exchange.ExchangeName, queue);
    }
}
