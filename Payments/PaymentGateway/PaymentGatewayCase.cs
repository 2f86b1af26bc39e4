using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.PaymentGateway;

/// <summary>An HTTP client for each request, whose connection is closed with it.</summary>
internal sealed class PaymentGatewayCase : ICase
{
    /// <summary>Where Aspire configures the gateway's address.</summary>
    public const string AddressKey = "services:gateway:http:0";

    /// <summary>How long a request may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public static CaseStudy Study { get; } = new()
    {
        Id = "PaymentGateway",
        Service = "payments",
        Summary = "an HttpClient for each request: closed sockets stay in TIME_WAIT until no port is left",
        Article = new("Memory Management and Patterns in ASP.NET Core", "HttpClient",
            "under load, requests fail because no port is left; without figures of its own"),
        FedBy = "each charge",
        PublishedFix = PublishedFix.TestsOnly,
        Evidence = new Handles(HandleResource.TimeWaitSockets, PerOperation: 1, MaxHandles: 2_000),
    };

    /// <summary>The gateway's address, for what does not use service discovery; null if it is not configured.</summary>
    public static Uri? AddressIn(IConfiguration configuration) => configuration.GetValue<Uri>(AddressKey);

    public static void Register(CaseBuilder @case)
    {
        FixedPaymentGateway.AddClient(@case.Services);
        @case.Services.AddHostedService<PaymentGatewayMetrics>();
        @case.Variants<IPaymentGateway, LeakyPaymentGateway, FixedPaymentGateway>();
    }
}
