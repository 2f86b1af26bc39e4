using System.Collections.Frozen;
using MassTransit;

namespace Shop.ServiceDefaults.Messages;

/// <summary>
/// The queues that must receive every message. The publishers declare and bind them, so that the exchange does not drop a message that is
/// published before its consumer's first start.
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

    private static readonly FrozenSet<string> All = [PaymentsCharges, OrdersStatus, DocumentsInvoices, SessionsOrderedLines];

    /// <summary>
    /// Leaves the bindings of these queues to the publishers, so that their endpoint declares one queue, one exchange and one binding.
    /// MassTransit declares several exchanges at the same time, on one channel; if the connection is lost then, RabbitMQ.Client (7.2.2)
    /// disposes the semaphore that all but one of them await, and the endpoint never consumes again, until the service restarts.
    /// https://github.com/rabbitmq/rabbitmq-dotnet-client/issues/1976
    /// Remove it when a release has the fix.
    /// </summary>
    internal static void DeclareOnlyQueue(string name, IReceiveEndpointConfigurator endpoint)
        => endpoint.ConfigureConsumeTopology = !All.Contains(name);

    /// <summary>Declares and binds the queues of a message when the bus publishes its first one.</summary>
    public static void Bind(IRabbitMqBusFactoryConfigurator rabbit)
    {
        rabbit.Publish<OrderPlaced>(message => Bind(message, PaymentsCharges, SessionsOrderedLines));
        rabbit.Publish<PaymentSettled>(message => Bind(message, OrdersStatus, DocumentsInvoices));
        rabbit.Publish<PaymentDeclined>(message => Bind(message, OrdersStatus));
    }

    private static void Bind<T>(IRabbitMqMessagePublishTopologyConfigurator<T> message, params ReadOnlySpan<string> queues) where T : class
    {
        foreach (var queue in queues)
            message.BindQueue(message.Exchange.ExchangeName, queue);
    }
}
