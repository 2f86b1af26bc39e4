using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shop.Payments.PaymentGateway;
using Shop.ServiceDefaults;
using Shop.ServiceDefaults.Cases;
using Shop.Tests.Cases;

namespace Shop.Tests.Payments;

/// <summary>The behaviour of the variants, and the sockets that they leave.</summary>
public sealed partial class PaymentGatewayTests : CaseContract
{
    private const int Charges = 20;
    private readonly FakeTimeProvider _time = new();
    private CountedServer? _server;

    private protected override IPaymentGateway Current => Services.GetRequiredService<CaseSwitch<IPaymentGateway>>().Current;

    private CountedServer Server => _server!;

    public override async ValueTask InitializeAsync() => _server = await CountedServer.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Server.DisposeAsync();
    }

    [Theory]
    [InlineData(CaseVariant.Leaky, Charges)]
    [InlineData(CaseVariant.Fixed, 0)]
    public async Task ChargesLeaveASocketEachInTimeWaitUnderLeakyOnly(CaseVariant variant, int sockets)
    {
        Switch.Select(variant);
        for (var charge = 0; charge < Charges; charge++)
            await SendAsync(Current);

        Assert.Equal(variant == CaseVariant.Leaky ? Charges : 1, Server.Connections);
        // The server closes its side of the last connection a moment later.
        await Eventually.ReadAsync(
            () => Task.FromResult(TimeWaitSockets.Read().Count(socket => socket.Remote.Port == Server.Address.Port)),
            count => count == sockets, $"{sockets} sockets in TIME_WAIT");
        Assert.Equal(sockets, Switch.HeldItems);
    }

    /// <summary>The incident, with 100 ports instead of 28,232.</summary>
    [Fact]
    public async Task ChargesExhaustThePortsUnderLeakyOnly()
    {
        if (!TestProcess.IsHere)
        {
            await SmallPortRange.Namespace.RunAsync(GetType());
            return;
        }
        for (var charge = 0; charge < 2 * SmallPortRange.Ports; charge++)
            await SendAsync(Current);
        Switch.Select(CaseVariant.Leaky);
        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            for (var charge = 0; charge < 2 * SmallPortRange.Ports; charge++)
                await SendAsync(Current);
        });

        Assert.Equal(SocketError.AddressNotAvailable, Assert.IsType<SocketException>(failure.InnerException).SocketErrorCode);
        // The server listens on one of the ports, and Fixed's connection has another.
        Assert.InRange(Switch.HeldItems, SmallPortRange.Ports - 3, SmallPortRange.Ports);
    }

    [Fact]
    public async Task AClosedConnectionIsHeldForAMinute()
    {
        Switch.Select(CaseVariant.Leaky);
        await SendAsync(Current);
        _time.Advance(TimeSpan.FromSeconds(59));
        await SendAsync(Current);

        Assert.Equal(2, Switch.HeldItems);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, Switch.HeldItems);
        Switch.Reset();
        Assert.Equal(0, Switch.HeldItems);
    }

    [Fact]
    public async Task TheFuseTripsAboveItsLimitOfClosedConnections()
    {
        Switch.Select(CaseVariant.Leaky);
        for (var charge = 0; charge < Fuse; charge++)
            await SendAsync(Current);
        Assert.False(Switch.TestFuse());
        await SendAsync(Current);

        Assert.True(Switch.TestFuse());
        Assert.IsType<FixedPaymentGateway>(Current);
    }

    [Fact]
    public void FixedsPoolAndTimeoutAreThoseOfTheArticle()
    {
        using var client = Services.GetRequiredService<IHttpClientFactory>().CreateClient(FixedPaymentGateway.Client);
        var pool = PoolOf(Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(FixedPaymentGateway.Client));

        Assert.Equal(TimeSpan.FromMinutes(2), pool.PooledConnectionLifetime);
        Assert.Equal(50, pool.MaxConnectionsPerServer);
        Assert.Equal(TimeSpan.FromSeconds(30), client.Timeout);
    }

    [Theory, Variants]
    public async Task ATraceContinuesAtTheGateway(CaseVariant variant)
    {
        Switch.Select(variant);
        using var activity = new Activity("charge");
        activity.Start();

        Assert.Contains($"{activity.TraceId}", await SendAsync(Current), StringComparison.Ordinal);
    }

    [Theory, Variants]
    public async Task ACallerWhoLeavesEndsItsRequest(CaseVariant variant)
    {
        Switch.Select(variant);
        Server.HoldAnswers();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/charges");
        var charge = Current.SendAsync(request, leave.Token);
        await Eventually.ReadAsync(() => Task.FromResult(Server.Waiting), waiting => waiting == 1, "the request");
        await leave.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => charge);
    }

    private protected override void Add(CasesBuilder cases, WebApplicationBuilder builder)
    {
        builder.Configuration[PaymentGatewayCase.AddressKey] = $"{Server.Address}";
        builder.AddServiceDefaults();
        builder.Services.AddSingleton<TimeProvider>(_time);
        cases.Add<PaymentGatewayCase>();
        AddPublished(builder.Services);
    }

    /// <summary>The response is whole when the client is gone, whatever its status.</summary>
    private protected override async Task BehaveAsync()
    {
        Assert.Equal("POST /charges ", await SendAsync(Current));
        Assert.Equal(CountedServer.LargeBytes, (await SendAsync(Current, CountedServer.Large)).Length);
        using var request = new HttpRequestMessage(HttpMethod.Get, CountedServer.Unavailable);
        using var response = await Current.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    private static async Task<string> SendAsync(IPaymentGateway gateway, string path = "/charges")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        using var response = await gateway.SendAsync(request, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private static SocketsHttpHandler PoolOf(HttpMessageHandler handler)
        => handler is DelegatingHandler { InnerHandler: { } inner } ? PoolOf(inner) : (SocketsHttpHandler)handler;
}
