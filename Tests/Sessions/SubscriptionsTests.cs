using System.Net.Sockets;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions;
using Shop.Sessions.Connections;
using Shop.Sessions.Sockets;
using Shop.Sessions.Subscriptions;
using Shop.Tests.Cases;

namespace Shop.Tests.Sessions;

/// <summary>Which ends of a connection leave a subscription, and what the variants have in common, over connections of a Kestrel.</summary>
public sealed class SubscriptionsTests : SocketContract
{
    private const string Session = "session";
    // A text frame without the mask that a client must use, as long as a header with a mask.
    private static readonly byte[] InvalidFrame = [0x81, 0x04, .. "text"u8];
    private readonly SessionsOptions _options = new();

    private protected override ISubscriptions Current => Services.GetRequiredService<CaseSwitch<ISubscriptions>>().Current;

    [Theory, Variants]
    public async Task ASocketThatItsPeerClosedIsReleased(CaseVariant variant)
    {
        Switch.Select(variant);
        var (client, request) = await Server.ConnectAsync();
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);

        await request.Ended.Task.WaitAsync(Eventually.Timeout, Cancellation);
        Assert.Equal(0, Switch.HeldItems);
    }

    /// <summary>The state is Aborted.</summary>
    [Theory]
    [InlineData(CaseVariant.Leaky, 1)]
    [InlineData(CaseVariant.Published, 0)]
    [InlineData(CaseVariant.Fixed, 0)]
    public async Task OnlyLeakyKeepsASocketWhosePeerWasLost(CaseVariant variant, int held)
    {
        Switch.Select(variant);
        var (client, request) = await Server.ConnectAsync();
        client.Abort();
        await AssertHeldAsync(held, request);

        var (reset, second) = await Server.ConnectRawAsync();
        reset.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        reset.Dispose();
        await AssertHeldAsync(2 * held, second);

        var (invalid, third) = await Server.ConnectRawAsync();
        await invalid.GetStream().WriteAsync(InvalidFrame, Cancellation);
        await AssertHeldAsync(3 * held, third);
    }

    /// <summary>The state is Closed.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Leaky, 1)]
    [InlineData(CaseVariant.Published, 1)]
    [InlineData(CaseVariant.Fixed, 0)]
    public async Task ASocketThatTheServiceClosedIsReleased(CaseVariant variant, int held)
    {
        Switch.Select(variant);
        var (client, request) = await Server.ConnectAsync();
        Sockets.CloseSession(Session);
        await ReadToCloseAsync(client);

        await AssertHeldAsync(held, request);
    }

    /// <summary>There is no state: Kestrel has as many upgraded connections as its limit allows.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Leaky, 1)]
    [InlineData(CaseVariant.Published, 1)]
    [InlineData(CaseVariant.Fixed, 0)]
    public async Task ASocketThatWasNeverAcceptedIsReleased(CaseVariant variant, int held)
    {
        Switch.Select(variant);
        await using var full = await SocketServer.StartAsync(ServeAsync, maxConnections: 0);
        var request = await full.FailToConnectAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => request.Ended.Task);
        Assert.Empty(Sockets.Sessions());
        Assert.Equal(held, Switch.HeldItems);
    }

    /// <summary>No state is compared. Here, the reason of the close is longer than a frame allows.</summary>
    [Theory, Defect]
    [InlineData(CaseVariant.Leaky, 1)]
    [InlineData(CaseVariant.Published, 1)]
    [InlineData(CaseVariant.Fixed, 0)]
    public async Task ASocketThatFaultedIsReleasedAndItsRequestFails(CaseVariant variant, int held)
    {
        Switch.Select(variant);
        var (_, request) = await Server.ConnectAsync();
        Assert.True(request.Socket!.Close(WebSocketCloseStatus.PolicyViolation, new string('x', 200)));

        if (held == 0)
            await Assert.ThrowsAsync<ArgumentException>(() => request.Ended.Task.WaitAsync(Eventually.Timeout, Cancellation));
        await AssertHeldAsync(held, request);
    }

    [Theory, Variants]
    public async Task TheServiceClosesSocketsThatAreTooSlowAndThoseOfEndedSessionsAndAllWhenItStops(CaseVariant variant)
    {
        Switch.Select(variant);
        var (slow, _) = await Server.ConnectAsync();
        var status = new byte[64 * 1024];
        for (var count = 0; count < 1_000; count++)
            Bus.Publish(SocketServer.Customer, status);
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "Too slow. Reconnect and read GET /orders."), await ReadToCloseAsync(slow));

        var (ended, _) = await Server.ConnectAsync();
        Sockets.CloseSession(Session);
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "The session has ended."), await ReadToCloseAsync(ended));

        var (last, _) = await Server.ConnectAsync();
        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "The service is stopping."), await ReadToCloseAsync(last));
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Services.AddMetrics().AddSingleton(Options.Create(_options)).AddSingleton<OrderSockets>();
        // The case under test is the last.
        cases.Add<ConnectionsCase>().Add<SubscriptionsCase>();
    }

    /// <summary>A socket receives the statuses of its customer from the moment at which it is connected.</summary>
    private protected override async Task BehaveAsync()
    {
        var (client, request) = await Server.ConnectAsync();
        Bus.Publish("another", "status of another"u8.ToArray());
        Bus.Publish(SocketServer.Customer, "status"u8.ToArray());
        var buffer = new byte[256];
        var received = await client.ReceiveAsync(buffer, Cancellation);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        await request.Ended.Task.WaitAsync(Eventually.Timeout, Cancellation);

        Assert.Equal("status", Encoding.UTF8.GetString(buffer, 0, received.Count));
        Assert.Equal((WebSocketCloseStatus.NormalClosure, "Closed by the peer."), (client.CloseStatus, client.CloseStatusDescription));
    }

    /// <summary>A connection that is lost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override async Task<WeakReference> OperateAsync()
    {
        var (client, request) = await Server.ConnectAsync();
        client.Abort();
        await (Leaks(Switch.Variant) ? request.Aborted : request.Ended).Task.WaitAsync(Eventually.Timeout, Cancellation);
        return request.Context;
    }

    private protected override async Task ServeAsync(HttpContext context, ServedRequest request)
    {
        using var socket = request.Socket = Sockets.Create(new Customer(request.Customer, Session));
        await Sockets.RegisterAsync(socket);
        await Current.ServeAsync(context, socket);
    }

    // A request that waits for nothing more than its task has left the sockets.
    private async Task AssertHeldAsync(int held, ServedRequest request)
    {
        if (held == 0)
            await request.Ended.Task.ContinueWith(_ => { }, Cancellation).WaitAsync(Eventually.Timeout, Cancellation);
        await Eventually.ReadAsync(() => Task.FromResult(Sockets.Sessions().Count), open => open == 0, "the connection to end");
        Assert.Equal(held, Switch.HeldItems);
        Assert.Equal(held == 0, request.Ended.Task.IsCompleted);
    }

    private static async Task<(WebSocketCloseStatus?, string?)> ReadToCloseAsync(ClientWebSocket client)
    {
        var buffer = new byte[64 * 1024];
        while ((await client.ReceiveAsync(buffer, Cancellation)).MessageType != WebSocketMessageType.Close)
        {
        }
        // Not awaited: after its frame it waits a second for the server to disconnect, which a waiting request never does.
        _ = client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        return (client.CloseStatus, client.CloseStatusDescription);
    }
}
