using System.Net;
using System.Net.Sockets;

namespace LocalAspire.Tools;

/// <summary>Loopback ports for the processes that are about to start; none is given out twice.</summary>
internal static class FreePorts
{
    // Below the ports that the system lends to outgoing connections: one of those could be lent before its server listens.
    private const int First = 20_000;
    private const int Last = 32_000;
    private static readonly HashSet<int> Given = [];

    public static int Next()
    {
        for (var attempt = 0; attempt < Last - First; attempt++)
        {
            var port = Random.Shared.Next(First, Last);
            if (TryTake(port))
                return port;
        }
        throw new DistributedApplicationException("No free port was found on 127.0.0.1.");
    }

    /// <summary>Takes a certain port; false if somebody listens there or it was given out.</summary>
    public static bool TryTake(int port)
    {
        lock (Given)
            return !Given.Contains(port) && IsFree(port) && Given.Add(port);
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
