using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.Connections;

/// <summary>Connections that stay registered after their client has disconnected.</summary>
internal sealed class ConnectionsCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "Connections",
        Service = "sessions",
        Summary = "connections of disconnected clients stay registered: 250,000 zombies of 300,000, 4 GB",
        Article = new("Production Examples: Real-World Memory Leak Cases", "Case Study 4: WebSocket Connection Manager",
            "4 GB with 50,000 active connections and 250,000 zombies; 600 MB and no zombies after the fix"),
        FedBy = "the order-status WebSocket",
        RetentionPath = "singleton LeakyConnections._connections → OrderSocket.Connection → ManagedWebSocket",
        PublishedFix = PublishedFix.Switchable,
        // The socket of another customer, whose connection is lost.
        Evidence = new Retained(BytesPerOperation: 11_700, typeof(OrderSocket)),
    };

    public static void Register(CaseBuilder @case)
        => @case.Variants<IConnections, LeakyConnections, PublishedConnections, FixedConnections>();
}
