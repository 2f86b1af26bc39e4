using System.Diagnostics.Metrics;
using System.Net;
using Shop.ServiceDefaults.Cases;

namespace Shop.Payments.PaymentGateway;

/// <summary>
/// Publishes the sockets in TIME_WAIT towards the gateway, read from the operating system when a reader asks. They belong to no process
/// anymore: those of other processes that call the gateway from this machine, or from this container, count too. A hosted service only to
/// be created with the host.
/// </summary>
internal sealed class PaymentGatewayMetrics : IHostedService
{
    private readonly Meter _meter;

    public PaymentGatewayMetrics(IMeterFactory meters, IConfiguration configuration)
    {
        // The factory owns and disposes the meter.
        _meter = meters.Create("Shop.Payments");
        if (PaymentGatewayCase.AddressIn(configuration) is { } gateway)
        {
            _meter.CreateObservableGauge(
                "shop.gateway.sockets.time_wait", () => Observe(gateway), "{socket}", "Sockets in TIME_WAIT towards the gateway");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static Measurement<long> Observe(Uri gateway)
    {
        var addresses = Dns.GetHostAddresses(gateway.DnsSafeHost);
        var count = TimeWaitSockets.Read().LongCount(
            socket => socket.Remote.Port == gateway.Port && addresses.Contains(socket.Remote.Address));
        return new(count, new("server.address", gateway.Host), new("server.port", gateway.Port));
    }
}
