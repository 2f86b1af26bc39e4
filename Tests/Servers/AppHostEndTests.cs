using System.Net;
using System.Net.Sockets;
using Aspire.Hosting;

namespace Shop.Tests.Servers;

/// <summary>However the AppHost ends, it leaves no process and no folder.</summary>
public sealed class AppHostEndTests
{
    private const int PortOfSessions = 5101;

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task ASignalLeavesNoProcessAndNoFolder(string signal)
    {
        using var taken = TakePort();
        using var appHost = new AppHostProcess();
        await appHost.StartedAsync();
        Assert.Single(appHost.Folders);

        await appHost.EndAsync(signal);

        Assert.Empty(appHost.Folders);
        Assert.Contains("is in use", appHost.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KilledItLeavesNoProcessAndTheNextStartDeletesItsFolder()
    {
        using var appHost = new AppHostProcess("--DcpPublisher:RandomizePorts=true");
        await appHost.ServersRunAsync();

        await appHost.EndAsync("KILL");
        // The servers delete it too, where the machine gives them the time.
        RunFolder.DeleteAbandoned(appHost.Temp);

        Assert.Empty(appHost.Folders);
    }

    // Another Shop, or this one, may have it already.
    private static TcpListener? TakePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, PortOfSessions);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
