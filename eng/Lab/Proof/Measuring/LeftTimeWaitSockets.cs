using System.Net;
using Shop.Lab.Proof.Running;
using Shop.ServiceDefaults.Cases;

namespace Shop.Lab.Proof.Measuring;

/// <summary>
/// The sockets that a service's connections to an address have left in TIME_WAIT since the first reading. Linux removes a socket after a
/// minute, so each reading adds those that it has not seen yet: the expiry of earlier ones does not reduce the growth. A port that a later
/// connection took over, which Linux allows over loopback after a second, counts once.
/// </summary>
/// <param name="probe">The service.</param>
/// <param name="remote">The address, which only this service calls.</param>
internal sealed class LeftTimeWaitSockets(IServiceProbe probe, IPAddress remote) : IGrowthReading
{
    private readonly HashSet<(IPEndPoint Local, IPEndPoint Remote)> _seen = [];

    public async Task<long> ReadAsync(CancellationToken cancellationToken)
    {
        await probe.ReadLiveBytesAsync(cancellationToken);
        _seen.UnionWith(TimeWaitSockets.Read().Where(socket => socket.Remote.Address.Equals(remote)));
        return _seen.Count;
    }
}
