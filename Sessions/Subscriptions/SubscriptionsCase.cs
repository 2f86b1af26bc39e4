using Shop.ServiceDefaults.Cases;

namespace Shop.Sessions.Subscriptions;

/// <summary>Subscriptions that an aborted socket never ends.</summary>
internal sealed class SubscriptionsCase : ICase
{
    public static CaseStudy Study { get; } = new()
    {
        Id = "Subscriptions",
        Service = "sessions",
        Summary = "a subscription ends with its socket, unless the socket was aborted: 8,851 HttpContexts",
        Article = new("Fixing a memory leak in .Net Core", "Uncompleted tasks",
            "8,851 instances of IISHttpContextOfT<HostingApplication+Context>, with another leak more than 75 % of a dump of 2.4 GB",
            Author: "Guillaume Téchené"),
        FedBy = "the order-status WebSocket",
        RetentionPath = "singleton OrderStatusBus._handlers → HashSet<IStatusHandler> → LeakySubscriptions.StatusHandler.context → "
            + "DefaultHttpContext",
        PublishedFix = PublishedFix.Switchable,
        // A socket whose peer vanished.
        Evidence = new Retained(BytesPerOperation: 17_000, typeof(LeakySubscriptions.StatusHandler), typeof(DefaultHttpContext)),
    };

    public static void Register(CaseBuilder @case)
    {
        @case.Services.AddSingleton<OrderStatusBus>();
        @case.Variants<ISubscriptions, LeakySubscriptions, PublishedSubscriptions, FixedSubscriptions>();
    }
}
