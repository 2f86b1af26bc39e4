using LocalAspire.Orchestration;
using LocalAspire.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LocalAspire.Dashboard;

/// <summary>The ports of the dashboard and of what it reads from: those configured, as long as they are free.</summary>
internal sealed record DashboardAddresses(int Frontend, int OtlpGrpc, int OtlpHttp, int ResourceService)
{
    public string Url => $"http://localhost:{Frontend}";

    public static DashboardAddresses Choose(IConfiguration configuration, ILogger logger)
    {
        // As in the genuine AppHost: tests choose ports at random.
        var random = configuration.GetValue<bool>("DcpPublisher:RandomizePorts");
        return new(Port("the dashboard", "ASPNETCORE_URLS"), Port("the dashboard's OTLP over gRPC", "ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"),
            Port("the dashboard's OTLP over HTTP", "ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"), Port("the resource service", "ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"));

        int Port(string what, string key)
        {
            var wanted = random ? 0 : Configured(configuration[key]);
            if (wanted > 0 && FreePorts.TryTake(wanted))
                return wanted;
            var free = FreePorts.Next();
            if (wanted > 0)
                Log.PortTaken(logger, wanted, what, free);
            return free;
        }
    }

    private static int Configured(string? addresses) => (addresses ?? "").Split(';')
        .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp ? uri.Port : 0)
        .FirstOrDefault(port => port > 0);
}
