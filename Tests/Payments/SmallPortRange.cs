using Shop.Lab;

namespace Shop.Tests.Payments;

/// <summary>
/// Runs a test again in a process whose network has few local ports: a network namespace of Linux, which an ordinary user may create.
/// </summary>
internal static class SmallPortRange
{
    /// <summary>The number of local ports.</summary>
    public const int Ports = 100;

    private const string Marker = "SHOP_TEST_SMALL_PORT_RANGE";
    private const int First = 40_000;

    // By default (2), connections over loopback may take over a port in TIME_WAIT after a second; others may not.
    private static readonly string _setUp
        = $"ip link set lo up && echo {First} {First + Ports - 1} > /proc/sys/net/ipv4/ip_local_port_range"
        + " && echo 0 > /proc/sys/net/ipv4/tcp_tw_reuse";

    /// <summary>Whether this process is the one with few ports.</summary>
    public static bool IsHere => Environment.GetEnvironmentVariable(Marker) is not null;

    /// <summary>Runs the test in such a process; skips it if this machine does not allow that.</summary>
    public static async Task RunAsync(Type testClass, string test)
    {
        var (status, reason) = await UnshareAsync(_setUp);
        Assert.SkipUnless(status == 0, $"This machine has no network namespaces for this user: {reason.Trim()}");
        var (exitCode, output) = await UnshareAsync(
            $"{_setUp} && exec dotnet exec '{testClass.Assembly.Location}' -method {testClass.FullName}.{test}");

        Assert.True(exitCode == 0 && output.Contains("Total: 1", StringComparison.Ordinal), output);
    }

    private static async Task<(int ExitCode, string Output)> UnshareAsync(string script)
    {
        try
        {
            return await Repository.RunAsync(
                "unshare", ["--map-root-user", "--net", "env", $"{Marker}=1", "sh", "-c", script], Path.GetTempPath(),
                TestContext.Current.CancellationToken);
        }
        catch (LabException exception)
        {
            return (1, exception.Message);
        }
    }
}
