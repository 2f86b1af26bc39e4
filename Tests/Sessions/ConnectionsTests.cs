using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Shop.ServiceDefaults.Cases;
using Shop.ServiceDefaults.Customers;
using Shop.Sessions;
using Shop.Sessions.Connections;
using Shop.Sessions.Sockets;
using Shop.Sessions.Subscriptions;
using Shop.Tests.Cases;

namespace Shop.Tests.Sessions;

/// <summary>
/// What the variants have in common, which of them retain connections that have ended, and the defects of Published, over connections of a
/// Kestrel.
/// </summary>
public sealed partial class ConnectionsTests : SocketContract
{
    private readonly SessionsOptions _options = new()
    {
        SocketKeepAliveInterval = TimeSpan.FromSeconds(1),
        SocketKeepAliveTimeout = TimeSpan.FromSeconds(1),
    };
    // Published's timers; those of Fixed are the runtime's.
    private readonly FakeTimeProvider _time = new();

    private protected override IConnections Current => Services.GetRequiredService<CaseSwitch<IConnections>>().Current;

    /// <summary>Each variant has been the current one before requests, which come concurrently, ask for it.</summary>
    public override async ValueTask InitializeAsync()
    {
        foreach (var variant in CaseVariants.All)
            Switch.Select(variant);
        Switch.Select(CaseVariant.Fixed);
        await base.InitializeAsync();
    }

    /// <summary>Also after a switch.</summary>
    [Theory, Variants]
    public async Task ASessionsEndAndTheServicesStopCloseTheSockets(CaseVariant variant)
    {
        Switch.Select(variant);
        var (client, _) = await Server.ConnectAsync("ada");
        var (last, _) = await Server.ConnectAsync("bob");
        Switch.Select(CaseVariant.Fixed);
        Sockets.CloseSession(SessionOf("ada"));
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "The session has ended."), await ReadToCloseAsync(client));

        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "The service is stopping."), await ReadToCloseAsync(last));
    }

    [Fact]
    public async Task FixedKeepsAllConnectionsOfACustomerUntilTheyEnd()
    {
        var (first, request) = await Server.ConnectAsync();
        var (_, second) = await Server.ConnectAsync();
        await first.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        await EndOf(request);

        Assert.Equal([second.Socket!], Current.Sockets);
    }

    /// <summary>The request of an HTTP/2 connection is a CONNECT. The client answers no pings, because it does not read.</summary>
    [Fact]
    public async Task ASocketOverHttp2IsServedAndItsVanishedPeerIsNoticed()
    {
        await using var server = await SocketServer.StartAsync(ServeAsync, protocols: HttpProtocols.Http2);
        var (client, request) = await server.ConnectOverHttp2Async();
        Bus.Publish(SocketServer.Customer, "status"u8.ToArray());
        Assert.Equal("status", await ReadTextAsync(client));

        await AssertGoneInTimeAsync(request, () => Task.CompletedTask);
        Assert.Equal(0, Switch.HeldItems);
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Services.AddMetrics().AddSingleton(Options.Create(_options)).AddSingleton<TimeProvider>(_time)
            .AddSingleton<OrderSockets>().AddSingleton<OrderStatusBus>().AddSingleton<FixedSubscriptions>();
        cases.Add<ConnectionsCase>();
    }

    /// <summary>A socket receives the statuses of its customer until the session ends.</summary>
    private protected override async Task BehaveAsync()
    {
        var (client, request) = await Server.ConnectAsync();
        Bus.Publish("another", "status of another"u8.ToArray());
        Bus.Publish(SocketServer.Customer, "status"u8.ToArray());
        Assert.Equal("status", await ReadTextAsync(client));
        Sockets.CloseSession(SessionOf(SocketServer.Customer));
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "The session has ended."), await ReadToCloseAsync(client));
        await EndOf(request);
    }

    /// <summary>A connection of another customer, which is lost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected override async Task<WeakReference> OperateAsync()
    {
        var (client, request) = await Server.ConnectAsync($"{Guid.NewGuid():N}");
        var socket = new WeakReference(request.Socket);
        client.Abort();
        await EndOf(request);
        return socket;
    }

    // A customer who is named after a variant connects to it.
    private protected override async Task ServeAsync(HttpContext context, ServedRequest request)
    {
        var connections = Enum.TryParse<CaseVariant>(request.Customer, out var variant) ? Of(variant) : Current;
        using var socket = request.Socket = new OrderSocket(request.Customer, SessionOf(request.Customer), connections);
        await Sockets.RegisterAsync(socket);
        await Services.GetRequiredService<FixedSubscriptions>().ServeAsync(context, socket);
    }

    private IConnections Of(CaseVariant variant) => Services.GetRequiredKeyedService<IConnections>(variant);

    private static string SessionOf(string customer) => $"session of {customer}";

    private static Task EndOf(ServedRequest request) => request.Ended.Task.WaitAsync(Eventually.Timeout, Cancellation);

    private static async Task<string> ReadTextAsync(ClientWebSocket client)
    {
        var buffer = new byte[256];
        var received = await ReceiveAsync(client, buffer);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static Task<WebSocketReceiveResult> ReceiveAsync(ClientWebSocket client, byte[] buffer)
        => client.ReceiveAsync(buffer, Cancellation).WaitAsync(Eventually.Timeout, Cancellation);

    /// <summary>Reads until the server closes the connection, and answers.</summary>
    private static async Task<(WebSocketCloseStatus?, string?)> ReadToCloseAsync(ClientWebSocket client)
    {
        var buffer = new byte[256];
        while ((await ReceiveAsync(client, buffer)).MessageType != WebSocketMessageType.Close)
        {
        }
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancellation);
        return (client.CloseStatus, client.CloseStatusDescription);
    }
}
