using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Shop.Sessions;
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
        _services = builder.Services.BuildServiceProvider();
    }

    private OrderSockets Sockets => _services.GetRequiredService<OrderSockets>();

    public async ValueTask DisposeAsync()
    {
        _created.ForEach(socket => socket.Dispose());
        await _services.DisposeAsync();
    }

    [Fact]
    public void ACustomerAndTheInstanceHaveALimitAndARemovedSocketMakesRoom()
    {
        var first = Create("ada");
        Assert.Equal(SocketAdmission.Admitted, Sockets.TryAdd(first));
        Assert.Equal(SocketAdmission.Admitted, Sockets.TryAdd(Create("ada")));
        Assert.Equal(SocketAdmission.TooManyOfCustomer, Sockets.TryAdd(Create("ada")));
        Assert.Equal(SocketAdmission.Admitted, Sockets.TryAdd(Create("bob")));
        Assert.Equal(SocketAdmission.Full, Sockets.TryAdd(Create("cleo")));
        Sockets.Remove(first);
        Sockets.Remove(first);

        Assert.Equal(SocketAdmission.Admitted, Sockets.TryAdd(Create("cleo")));
        Assert.Equal(SocketAdmission.Full, Sockets.TryAdd(Create("ada")));
    }

    [Fact]
    public void AStoppingServiceAddsNone()
    {
        Assert.Equal(SocketAdmission.Admitted, Sockets.TryAdd(Create("ada")));
        _services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(SocketAdmission.Full, Sockets.TryAdd(Create("bob")));
    }

    private OrderSocket Create(string customer)
    {
        var socket = new OrderSocket(customer, $"session of {customer}");
        _created.Add(socket);
        return socket;
    }
}
