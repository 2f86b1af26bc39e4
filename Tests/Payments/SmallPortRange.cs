namespace Shop.Tests.Payments;

/// <summary>A network with few local ports.</summary>
internal static class SmallPortRange
{
    /// <summary>The number of local ports.</summary>
    public const int Ports = 100;

    private const int First = 40_000;

    /// <summary>Where a test has this network.</summary>
    // By default (2), connections over loopback may take over a port in TIME_WAIT after a second; others may not.
    public static UserNamespace Namespace { get; } = new(
        ["--net"],
        $"ip link set lo up && echo {First} {First + Ports - 1} > /proc/sys/net/ipv4/ip_local_port_range"
        + " && echo 0 > /proc/sys/net/ipv4/tcp_tw_reuse");
}
