namespace Shop.Tests.Payments;

/// <summary>Runs a test again in a process whose network has few local ports.</summary>
internal static class SmallPortRange
{
    /// <summary>The number of local ports.</summary>
    public const int Ports = 100;

    private const int First = 40_000;

    // By default (2), connections over loopback may take over a port in TIME_WAIT after a second; others may not.
    private static readonly string _setUp
        = $"ip link set lo up && echo {First} {First + Ports - 1} > /proc/sys/net/ipv4/ip_local_port_range"
        + " && echo 0 > /proc/sys/net/ipv4/tcp_tw_reuse";

    /// <summary>Runs the test in such a process; skips it if this machine does not allow that.</summary>
    public static Task RunAsync(Type testClass, string test) => TestProcess.RunInNetworkAsync(testClass, test, _setUp);
}
