using System.Net.NetworkInformation;

namespace LocalAspire.Tools;

/// <summary>Loopback ports for the processes that are about to start; none is given out twice.</summary>
internal static class FreePorts
{
    // Below the ports that the system lends to outgoing connections: one of those could be lent before its server listens.
    private const int First = 20_000, Last = 32_000;
    private static readonly ConcurrentDictionary<int, bool> Given = [];

    public static int Take(int? wanted, string what, ILogger logger)
    {
        if (wanted is { } port && TryTake(port))
            return port;
        var free = Next();
        if (wanted is { } taken)
            Log.PortTaken(logger, taken, what, free);
        return free;
    }

    public static int Next() => Enumerable.Range(0, Last - First).Select(_ => Random.Shared.Next(First, Last)).First(TryTake);

    private static bool TryTake(int port)
        => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().All(listener => listener.Port != port) && Given.TryAdd(port, true);
}
