using System.Net;
using System.Net.Sockets;
using Shop.Lab;

namespace Shop.Tests.Lab;

/// <summary>Ctrl+C while a service does not respond.</summary>
public sealed class InterruptTests
{
    [Theory]
    [InlineData("cases")]
    [InlineData("switch", "OrderEvents", "Leaky")]
    [InlineData("reset", "OrderEvents")]
    [InlineData("collect", "orders")]
    [InlineData("load")]
    public async Task AnInterruptedCommandPrintsOneLine(params string[] command)
    {
        using var service = new TcpListener(IPAddress.Loopback, 0);
        service.Start();
        var addresses = ShopAddresses.Names.SelectMany(name => new[] { $"--{name}", $"http://{service.LocalEndpoint}" });
        string[] key = command[0] == "load" ? [] : ["--key", "key"];
        await using var lab = LabProcess.Start([.. command, .. key, .. addresses]);
        using var request = await service.AcceptTcpClientAsync(lab.Ended);
        await lab.InterruptAsync();

        Assert.Equal((CommandLine.Interrupted, "", "Interrupted.\n"), await lab.EndAsync());
    }
}
