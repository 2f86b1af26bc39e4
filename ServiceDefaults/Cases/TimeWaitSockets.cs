using System.Net;
using System.Net.NetworkInformation;

namespace Shop.ServiceDefaults.Cases;

/// <summary>
/// The sockets in TIME_WAIT. The process that closed a connection no longer has its socket, but the operating system keeps it, and with it
/// the port: Linux for a minute.
/// </summary>
public static class TimeWaitSockets
{
    /// <summary>Reads those of this machine or container, of all processes.</summary>
    public static IEnumerable<(IPEndPoint Local, IPEndPoint Remote)> Read()
        => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Where(connection => connection.State == TcpState.TimeWait)
            .Select(connection => (connection.LocalEndPoint, Unmap(connection.RemoteEndPoint)));

    // HttpClient's sockets are IPv6 sockets for both protocols, in which an IPv4 address is mapped to an IPv6 address.
    private static IPEndPoint Unmap(IPEndPoint endpoint)
        => endpoint.Address.IsIPv4MappedToIPv6 ? new(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;
}
