using System.Net;
using System.Net.Sockets;
using LocalAspire.Orchestration;
using LocalAspire.Servers;
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
            if (random || Configured(configuration[key]) is not (> 0 and var port))
                return ServerProcess.FreePort();
            if (IsFree(port))
                return port;
            var instead = ServerProcess.FreePort();
            Log.PortTaken(logger, port, what, instead);
            return instead;
        }
    }

    private static int Configured(string? addresses) => (addresses ?? "").Split(';')
        .Select(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp ? uri.Port : 0)
        .FirstOrDefault(port => port > 0);

    // Both families: the dashboard listens on both, and fails if either is taken.
    private static bool IsFree(int port)
    {
        foreach (var address in (IPAddress[])[IPAddress.Loopback, IPAddress.IPv6Loopback])
        {
            try
            {
                using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(address, port));
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                return false;
            }
            catch (SocketException)
            {
                // This family is switched off.
            }
        }
        return true;
    }
}
