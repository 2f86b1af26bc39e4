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

namespace Shop.Tests.Sessions;

/// <summary>The limits of the order-status sockets.</summary>
public sealed class OrderSocketsTests : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<OrderSocket> _created = [];

    public OrderSocketsTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddMetrics().AddSingleton<OrderSockets>()
            .AddSingleton(Options.Create(new SessionsOptions { MaxSockets = 3, MaxSocketsPerCustomer = 2 }));
        new CasesBuilder(builder.Services, builder.Configuration).Add<ConnectionsCase>();
        _services = builder.Services.BuildServiceProvider();
    }

    private OrderSockets Sockets => _services.GetRequiredService<OrderSockets>();

    public async ValueTask DisposeAsync()
    {
        _created.ForEach(socket => socket.Dispose());
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task ACustomerAndTheInstanceHaveALimitAndASocketThatEndsMakesRoom()
    {
        var first = Create("ada");
        Assert.Equal(SocketAdmission.Admitted, await Sockets.RegisterAsync(first));
        Assert.Equal(SocketAdmission.Admitted, await Sockets.RegisterAsync(Create("ada")));
        Assert.Equal(SocketAdmission.TooManyOfCustomer, await Sockets.RegisterAsync(Create("ada")));
        Assert.Equal(SocketAdmission.Admitted, await Sockets.RegisterAsync(Create("bob")));
        Assert.Equal(SocketAdmission.Full, await Sockets.RegisterAsync(Create("cleo")));
        await FailToAcceptAsync(first);
        await FailToAcceptAsync(first);

        Assert.Equal(SocketAdmission.Admitted, await Sockets.RegisterAsync(Create("cleo")));
        Assert.Equal(SocketAdmission.Full, await Sockets.RegisterAsync(Create("ada")));
    }

    [Fact]
    public async Task AStoppingServiceAddsNone()
    {
        Assert.Equal(SocketAdmission.Admitted, await Sockets.RegisterAsync(Create("ada")));
        _services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(SocketAdmission.Full, await Sockets.RegisterAsync(Create("bob")));
    }

    [Fact]
    public async Task ASocketThatIsRegisteredWhileTheServiceStopsIsClosed()
    {
        var connections = _services.GetRequiredKeyedService<IConnections>(CaseVariant.Fixed);
        using var socket = new OrderSocket(
            "ada", "session", new Stopping(connections, _services.GetRequiredService<IHostApplicationLifetime>()));

        Assert.Equal(SocketAdmission.Admitted, await Sockets.RegisterAsync(socket));
        Assert.False(socket.TrySend("status"u8.ToArray()));
    }

    // The request is none that can be upgraded.
    private static async Task FailToAcceptAsync(OrderSocket socket)
        => await Assert.ThrowsAsync<NotSupportedException>(() => socket.Connections.AcceptAsync(socket, new DefaultHttpContext()));

    private OrderSocket Create(string customer)
    {
        var socket = Sockets.Create(new Customer(customer, $"session of {customer}"));
        _created.Add(socket);
        return socket;
    }

    /// <summary>The service stops before a socket is registered.</summary>
    private sealed class Stopping(IConnections connections, IHostApplicationLifetime lifetime) : IConnections
    {
        public IReadOnlyCollection<OrderSocket> Sockets => connections.Sockets;

        public ValueTask<SocketAdmission> RegisterAsync(OrderSocket socket)
        {
            lifetime.StopApplication();
            return connections.RegisterAsync(socket);
        }

        public Task AcceptAsync(OrderSocket socket, HttpContext context) => connections.AcceptAsync(socket, context);

        public Task ServeAsync(OrderSocket socket, CancellationToken requestAborted) => connections.ServeAsync(socket, requestAborted);
    }
}
