using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Shop.Lab;
using Shop.ServiceDefaults.Cases;
using Shop.Sessions.Connections;
using Shop.Tests.Lab;

namespace Shop.Tests.Sessions;

/// <content>Clients that vanish without closing their connection. Each has one to every variant.</content>
public sealed partial class ConnectionsTests
{
    private static readonly UserNamespace _network = new(["--net"], "ip link set lo up");
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(1);
    // A client answers late on a busy machine, and must not be taken for one that has vanished.
    private static readonly TimeSpan PatientTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The server receives a FIN, or a RST.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OnlyLeakyKeepsTheConnectionOfAClientThatDisconnected(bool resets)
    {
        var clients = new List<(TcpClient Client, ServedRequest Request)>();
        foreach (var variant in CaseVariants.All)
            clients.Add(await Server.ConnectRawAsync($"{variant}"));
        await AssertGoneInTimeAsync(clients.Single(client => client.Request.Customer == nameof(CaseVariant.Fixed)).Request, () =>
        {
            foreach (var (client, _) in clients)
            {
                client.LingerState = new LingerOption(resets, seconds: 0);
                client.Dispose();
            }
            return Task.CompletedTask;
        });

        await Eventually.ReadAsync(() => Task.FromResult(Held(CaseVariant.Published)), held => held == 0, "Published to notice it too");
        Assert.Equal((1, 0), (Held(CaseVariant.Leaky), Held(CaseVariant.Fixed)));
    }

    /// <summary>Its system still acknowledges what is sent.</summary>
    [Fact]
    public async Task OnlyFixedReleasesTheConnectionOfAProcessThatIsStopped()
    {
        if (TestProcess.Argument is { } server)
        {
            await ReadUntilKilledAsync(new Uri(server), Cancellation);
            return;
        }
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGSTOP.");
        _options.SocketKeepAliveTimeout = PatientTimeout;
        await using var client = LabProcess.Start(
            "dotnet", TestProcess.Command(GetType()), TestProcess.Variable($"{Server.Address}"));
        await AssertOnlyFixedNoticesAsync(() => client.SignalAsync("STOP"));
    }

    /// <summary>Nothing arrives any more, in either direction.</summary>
    [Fact]
    public async Task OnlyFixedReleasesTheConnectionOfAClientWhosePacketsAreDropped()
    {
        if (!TestProcess.IsHere)
        {
            await _network.RunAsync(GetType());
            return;
        }
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _options.SocketKeepAliveTimeout = PatientTimeout;
        var reading = ReadUntilKilledAsync(Server.Address, end.Token);
        await AssertOnlyFixedNoticesAsync(async () =>
        {
            var (exitCode, output) = await Repository.RunAsync("ip", ["link", "set", "lo", "down"], Path.GetTempPath(), Cancellation);
            Assert.True(exitCode == 0, output);
        });
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    /// <summary>The runtime checks pings and pongs so seldom that its own bound would be 2 seconds later.</summary>
    [Fact]
    public async Task AVanishedPeerIsNoticedInTimeAlsoIfTheTimesAreLong()
    {
        _options.SocketKeepAliveInterval = _options.SocketKeepAliveTimeout = TimeSpan.FromSeconds(8);
        var (_, request) = await Server.ConnectRawAsync();

        await AssertGoneInTimeAsync(request, () => Task.CompletedTask);
    }

    /// <summary>The client has connected to the addresses that are named after the variants, and reads.</summary>
    private async Task AssertOnlyFixedNoticesAsync(Func<Task> vanish)
    {
        await Eventually.ReadAsync(
            () => Task.FromResult(CaseVariants.All.Count(variant => Server.RequestOf($"{variant}").Socket?.Connection is not null)),
            connected => connected == CaseVariants.All.Count, "the client to connect");
        var request = Server.RequestOf(nameof(CaseVariant.Fixed));
        // One that does not read is gone, so pings and pongs have kept the other.
        var (_, silent) = await Server.ConnectRawAsync();
        await EndOf(silent);
        Assert.False(request.Ended.Task.IsCompleted);
        await AssertGoneInTimeAsync(request, vanish);

        // Published pings for ten minutes.
        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(10); passed += PingInterval)
            _time.Advance(PingInterval);
        Assert.Equal((1, 1, 0), (Held(CaseVariant.Leaky), Held(CaseVariant.Published), Held(CaseVariant.Fixed)));
    }

    /// <summary>Fixed releases a connection within interval, timeout and a second.</summary>
    private async Task AssertGoneInTimeAsync(ServedRequest request, Func<Task> vanish)
    {
        await vanish();
        // Not a stopwatch: on a machine that is too busy to run either in time, both are late.
        var bound = Task.Delay(_options.SocketKeepAliveInterval + _options.SocketKeepAliveTimeout + Allowance, Cancellation);
        Assert.Same(request.Ended.Task, await Task.WhenAny(request.Ended.Task, bound));
    }

    private long Held(CaseVariant variant) => ((ICaseState)Of(variant)).HeldItems;

    /// <summary>A client that connects to every variant and answers pings, because it reads.</summary>
    private static async Task ReadUntilKilledAsync(Uri server, CancellationToken cancellationToken)
        => await Task.WhenAll(CaseVariants.All.Select(async variant =>
        {
            using var client = new ClientWebSocket();
            await client.ConnectAsync(new Uri(server, $"/{variant}"), cancellationToken);
            await client.ReceiveAsync(new byte[256], cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }));
}
